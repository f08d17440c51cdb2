using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Identity.Published;
using Trellis.Identity.Web;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>The lists of people, invitations, roles and service accounts as files: the same filters, all rows.</summary>
internal static class PeopleFiles
{
    private static readonly string[] PeopleHeader = ["Name", "E-mail", "Roles", "Organisation", "Status", "Person"];
    private static readonly string[] InvitationHeader = ["Name", "E-mail", "Roles", "For", "Status", "Sent", "Times sent", "Valid until", "Accepted", "By", "Invitation"];
    private static readonly string[] ServiceHeader = ["Name", "Roles", "Status", "Keys", "Last used", "Next key ends", "Service account"];
    private static readonly string[] MemberHeader = ["Name", "E-mail", "Roles", "Status", "Since"];

    public static void Map(IEndpointRouteBuilder web)
    {
        web.MapGet("/app/people.csv", People).Requires(IdentityPermissions.ViewPeople).ExcludeFromDescription();
        web.MapGet("/app/invitations.csv", Invitations).Requires(IdentityPermissions.ManagePeople).ExcludeFromDescription();
        web.MapGet("/app/roles.csv", RolesAsync).Requires(IdentityPermissions.ViewPeople).ExcludeFromDescription();
        web.MapGet("/app/service-accounts.csv", ServicesAsync).Requires(IdentityPermissions.ManageServices).ExcludeFromDescription();
        foreach (var face in new[] { "app", "portal" }) web.MapGet($"/{face}/tokens.csv", TokensAsync).Requires(IdentityPermissions.UseTokens).ExcludeFromDescription();
        web.MapGet("/app/settings/fields.csv", FieldsAsync).Requires(IdentityPermissions.ManageFields).ExcludeFromDescription();
        web.MapGet("/portal/people.csv", MembersAsync).Requires(IdentityPermissions.InvitePartnerPeople).ExcludeFromDescription();
    }

    /// <summary>A list as a CSV file of this name.</summary>
    public static IResult File(string name, IReadOnlyList<string> header, IAsyncEnumerable<IReadOnlyList<string?>> rows, CancellationToken ct) =>
        Results.Stream(stream => Csv.WriteAsync(stream, header, rows, ct), "text/csv; charset=utf-8", name);

    /// <summary>A point in time as files say it.</summary>
    public static string? Time(DateTime? at) => at?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    // Never a key itself: nobody but its owner has ever seen it whole.
    private static async Task<IResult> TokensAsync(Work work, CancellationToken ct) =>
        Csv.File("api-tokens.csv", ["For", "Key begins with", "May", "Issued (UTC)", "Last used (UTC)", "Works until (UTC)"],
            (await OwnTokens.ReadAsync(work, ct)).Select(t => (string?[])[t.Name, t.Hint, string.Join(" ", t.Scopes), Time(t.CreatedAt), Time(t.UsedAt), Time(t.ExpiresAt)]), ct);

    private static async Task<IResult> FieldsAsync(Work work, CancellationToken ct) =>
        Csv.File("custom-fields.csv", ["Record", "Field", "Key", "Holds", "Choices", "Required", "Who sees it", "In lists", "Put away (UTC)", "Help"],
            (await Fields.FieldList.AllAsync(work, null, ct)).Select(f => (string?[])
            [
                f.Record, f.Label, f.Key, Fields.FieldItem.Words(f.Kind), string.Join("; ", f.Choices), f.Required ? "yes" : "no", Fields.FieldItem.Words(f.Sight), f.InList ? "yes" : "no", Time(f.ArchivedAt), f.Help,
            ]), ct);

    private static IResult People(Work work, RoleBook book, string? q, string? side, CancellationToken ct) => File($"people-{work.Today:yyyy-MM-dd}.csv", PeopleHeader, PeopleAsync(work, book, q, side, ct), ct);

    private static async IAsyncEnumerable<IReadOnlyList<string?>> PeopleAsync(Work work, RoleBook book, string? q, string? side, [EnumeratorCancellation] CancellationToken ct)
    {
        var names = await NamesAsync(book, ct);
        await foreach (var part in Paging.AllAsync(p => PeopleList.FindAsync(work, q, side, p, ct)).Chunk(Paging.Most).WithCancellation(ct))
        {
            var invited = await OpenInvitations.OfAsync(work, [.. part.Select(p => p.Id)], ct);
            foreach (var p in part)
                yield return [p.Name, p.Email, Named(p.Roles, names), p.PartnerName ?? work.Actor.TenantName, Status(p.State, invited.Contains((p.Id, p.Partner))), p.Id.ToString()];
        }
    }

    private static IResult Invitations(Work work, RoleBook book, string? state, CancellationToken ct) => File($"invitations-{work.Today:yyyy-MM-dd}.csv", InvitationHeader, InvitationsAsync(work, book, state, ct), ct);

    private static async IAsyncEnumerable<IReadOnlyList<string?>> InvitationsAsync(Work work, RoleBook book, string? state, [EnumeratorCancellation] CancellationToken ct)
    {
        var names = await NamesAsync(book, ct);
        await foreach (var i in Paging.AllAsync(p => InvitationList.FindAsync(work, state, null, p, ct)).WithCancellation(ct))
        {
            yield return
            [
                i.Name, i.Email, Named(RoleRules.Codes(i.Roles), names), i.PartnerName ?? work.Actor.TenantName, Words.Label(i.State), Time(i.SentAt), i.TimesSent.ToString(CultureInfo.InvariantCulture),
                Time(i.ExpiresAt), Time(i.AcceptedAt), i.InvitedBy, i.Id.ToString(),
            ];
        }
    }

    // Who may do what, whole: the page shows it an area at a time.
    private static async Task<IResult> RolesAsync(Work work, RoleBook book, Manifest manifest, string? side, CancellationToken ct)
    {
        var shown = side == "partner" ? RoleSide.Partner : RoleSide.Vendor;
        var roles = (await book.AllAsync(ct)).Where(r => r.Side == shown).ToList();
        var permissions = manifest.Permissions.Where(p => RoleRules.Fits(p, shown)).GroupBy(p => Ticks.Area(p.Code)).SelectMany(area => area);
        var rows = permissions.Select(IReadOnlyList<string?> (p) => [Ticks.Area(p.Code), p.Label, .. roles.Select(r => r.Has(p) ? "yes" : "no"), p.Code]);
        return File($"roles-{work.Today:yyyy-MM-dd}.csv", ["Area", "Permission", .. roles.Select(r => r.Name), "Code"], rows.ToAsyncEnumerable(), ct);
    }

    private static async Task<IResult> ServicesAsync(Work work, RoleBook book, CancellationToken ct) => File($"service-accounts-{work.Today:yyyy-MM-dd}.csv", ServiceHeader, (await Services.ReadAsync(work, book, ct))
        .Select(IReadOnlyList<string?> (s) => [s.Name, string.Join(", ", s.Roles), Words.Label(s.State), s.Keys.ToString(CultureInfo.InvariantCulture), Time(s.UsedAt), Time(s.NextExpiry), s.Id.ToString()]).ToAsyncEnumerable(), ct);

    private static async Task<IResult> MembersAsync(Work work, RoleBook book, CancellationToken ct) => work.Actor.Partner is not { } partner
        ? Problem.Missing("partner").ToResult()
        : File($"people-{work.Today:yyyy-MM-dd}.csv", MemberHeader, (await Members.ReadAsync(work, book, partner, ct))
            .Select(IReadOnlyList<string?> (m) => [m.Name, m.Email, string.Join(", ", m.Roles), Status(m.State, m.OpenInvitation is not null), Time(m.Since)]).ToAsyncEnumerable(), ct);

    private static async Task<Dictionary<string, string>> NamesAsync(RoleBook book, CancellationToken ct) => (await book.AllAsync(ct)).ToDictionary(r => r.Code, r => r.Name);

    private static string Named(IEnumerable<string> codes, Dictionary<string, string> names) => string.Join(", ", codes.Select(c => names.GetValueOrDefault(c, c)));

    private static string Status(PersonState state, bool invited) => state == PersonState.Suspended ? Words.Label(state) : invited ? "Invited" : Words.Label(state);
}
