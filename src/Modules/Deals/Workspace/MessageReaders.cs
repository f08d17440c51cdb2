using Trellis.Deals.Coalitions;
using Trellis.Deals.Distributors;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>Who reads what is written to all on a deal, at this moment; an internal note is the vendor's alone.</summary>
/// <param name="Vendor">The vendor's name.</param>
/// <param name="Partners">The partners that read it, by name, as far as the actor knows of them.</param>
/// <param name="Others">Companies that read it and that the actor is not told of by name: a distributor, or one that looks on for the partner that registered the deal.</param>
/// <param name="Mine">Its own partner, which stands among them; null for the vendor's people.</param>
internal sealed record MessageReaders(string Vendor, IReadOnlyList<string> Partners, int Others, string? Mine)
{
    /// <summary>Everybody who reads it, as it stands beside a message.</summary>
    public IEnumerable<string> All => Partners.Prepend(Vendor);

    /// <summary>Those besides the actor's own side, as it stands where a message is written.</summary>
    public IEnumerable<string> OtherSides => Mine is null ? Partners : All.Where(n => n != Mine);

    /// <summary>Who they are for this actor: it reads the names of the team, and as holder or vendor those of the companies that look on.</summary>
    public static async Task<MessageReaders> OfAsync(Work work, DealDetail deal, CancellationToken ct)
    {
        var rows = deal.Rows!;
        var members = rows.Places.Where(m => m.State == MemberState.Accepted).ToList();
        var above = (await ResellerDeals.AboveAsync(work, deal.Partner, ct)).Where(t => t.Sight.Reads(DealPart.Messages)).Select(t => t.Distributor);
        List<PartnerId> team = [deal.Partner, .. members.Where(m => m.Sight.Reads(DealPart.Messages)).Select(m => m.PartnerId)];
        var lookOn = (rows.Deal.DistributorId is { } one ? above.Append(one) : above).Distinct().Except(members.Select(m => m.PartnerId)).Except(team).ToList();
        var told = deal.Full ? lookOn : [.. lookOn.Where(p => p == work.Actor.Partner)];
        var names = await DealList.PartnerNamesAsync(work, [.. team, .. told], ct);
        return new MessageReaders(work.Vendor(), [.. team.Concat(told).Distinct().Select(p => names.GetValueOrDefault(p, ""))], lookOn.Count - told.Count, work.Actor.Partner is { } me ? names.GetValueOrDefault(me) : null);
    }
}
