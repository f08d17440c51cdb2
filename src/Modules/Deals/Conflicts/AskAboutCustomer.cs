using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Conflicts;

/// <summary>A customer about which somebody asked while typing.</summary>
internal sealed record AskedCustomer(string Customer, PersonId Person, DateTime At);

/// <summary>How many customers were meant: pure.</summary>
internal static class AskedCustomers
{
    public const int MostADay = 50;

    /// <summary>Within this time a longer or shorter writing is the same customer, still being typed.</summary>
    public static readonly TimeSpan Typing = TimeSpan.FromMinutes(2);

    /// <summary>Asked in this order. What goes on with what the same person has just typed is no other customer.</summary>
    public static int Count(IReadOnlyList<AskedCustomer> asked)
    {
        // How often each was meant: what somebody else has asked about stays when one goes on typing.
        var seen = new Dictionary<string, int>();
        var last = new Dictionary<PersonId, AskedCustomer>();
        foreach (var one in asked)
        {
            if (last.TryGetValue(one.Person, out var before) && one.At - before.At <= Typing && GoesOn(before.Customer, one.Customer) && --seen[before.Customer] == 0) seen.Remove(before.Customer);
            seen[one.Customer] = seen.GetValueOrDefault(one.Customer) + 1;
            last[one.Person] = one;
        }

        return seen.Count;
    }

    private static bool GoesOn(string before, string now) => now.StartsWith(before, StringComparison.Ordinal) || before.StartsWith(now, StringComparison.Ordinal);
}

/// <summary>
/// A partner asks, while it types, whether the customer is protected for somebody else. The answer tells about rivals, so a partner asks about so many customers a day, and each of them
/// stands in the audit.
/// </summary>
internal sealed class AskAboutCustomer(Work work) : UseCase<(DealFields Fields, DealId? Draft), DuplicateWarning>(work)
{
    public const string Action = "deals.ask_about_customer";
    private const string Kind = "deals_customer_question";
    private const int Most = 1_000;

    protected override Permission Permission => DealsPermissions.Register;

    protected override async Task<Result<DuplicateWarning>> HandleAsync((DealFields Fields, DealId? Draft) input, CancellationToken ct)
    {
        if (Work.Actor.Partner is not { } partner) return DealsProblems.NoPartner();
        var subject = $"{partner} {Work.Today:yyyy-MM-dd}";
        await Work.LockAsync($"customer-questions:{partner}", ct);
        var rows = await Db.Set<AuditEntry>().AsNoTracking().Where(a => a.Subject == subject && a.Action == Action).OrderBy(a => a.Id).Take(Most).Select(a => new { a.ActorPerson, a.At, a.Changes }).ToListAsync(ct);
        var asked = rows.Select(r => new AskedCustomer(JsonDocument.Parse(r.Changes).RootElement.GetProperty("customer").GetString() ?? "", r.ActorPerson, r.At)).ToList();
        var customer = Named(input.Fields);
        if (!asked.Exists(a => a.Customer == customer))
        {
            asked.Add(new AskedCustomer(customer, Work.Actor.Person, Work.Now));
            if (rows.Count == Most || AskedCustomers.Count(asked) > AskedCustomers.MostADay) return LiveProblems.TooManyCustomers();
            Work.Note(Action, Kind, subject, new { customer, country = input.Fields.Country });
        }

        return await Duplicates.FindAsync(Work, input.Fields, input.Draft, ct);
    }

    // The name stands first and whole, so that one that is being typed begins like it will end.
    private static string Named(DealFields fields) =>
        string.Join(" | ", new[] { Text.Fold(fields.CustomerName), Customer.Domain(fields.CustomerDomain), Customers.TaxKey(fields.CustomerTaxNumber) }.Where(p => !string.IsNullOrEmpty(p)));
}
