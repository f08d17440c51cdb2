using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Handovers;

/// <summary>What of a deal the other system must learn when it changes: amount, expected close, status, product, customer, how long that is protected, who holds it and who has which part of it. Messages and next steps are none of it.</summary>
internal static class HandoverFacts
{
    /// <summary>A short name of the facts: two documents with the same one say the same to the other system.</summary>
    public static string Of(HandoverDocument d)
    {
        // Whether an approved deal has its opportunity already is the CRM's own news.
        var status = d.State == DealState.Converted ? DealState.Approved : d.State;
        var facts = new
        {
            status, d.Title, d.Amount, d.WonAmount, d.Currency, d.ExpectedClose, d.ProtectedUntil, d.Product, d.Motion, d.Customer, Partner = d.Partner.Id, d.Distributor,
            Shares = d.Shares.OrderBy(s => s.Partner.Value).Select(s => new { s.Partner, s.Role, s.BasisPoints }),
        };
        return System.Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(facts, Json.Options)));
    }

    /// <summary>Notes on handovers that go out for the first time what they hold. A repetition under the same key may be dropped over there, so what was noted at first stands.</summary>
    public static async Task NoteAsync(Work work, IEnumerable<Handover> going, CancellationToken ct)
    {
        var leaving = going.Where(h => h.Facts is null).ToList();
        var documents = (await HandoverDocuments.OfAsync(work, [.. leaving.Select(h => h.Id)], ct)).ToDictionary(d => d.Handover);
        foreach (var handover in leaving)
            if (documents.TryGetValue(handover.Id, out var document)) handover.Holds(Of(document));
    }

    /// <summary>Whether a deal may be told of: not while it is a partner's draft again, or waits for a decision.</summary>
    public static readonly DealState[] Told = [DealState.Approved, DealState.Converted, DealState.Won, DealState.Lost, DealState.Withdrawn, DealState.Expired, DealState.Revoked, DealState.Rejected];

    /// <summary>What may go out now: the deal itself, and an update once nothing of the same deal is before it and the deal may be told of.</summary>
    public static IQueryable<Handover> InTurn(this IQueryable<Handover> due, Db db)
    {
        var before = db.Set<Handover>().Where(b => b.State == HandoverState.Waiting || b.State == HandoverState.Taken || b.State == HandoverState.Failed);
        return due.Where(h => h.Revision == 0 || (!before.Any(b => b.TenantId == h.TenantId && b.DealId == h.DealId && b.System == h.System && b.Revision < h.Revision)
            && db.Set<Deal>().Any(d => d.TenantId == h.TenantId && d.Id == h.DealId && Told.Contains(d.State))));
    }

    /// <summary>Whether the CRM has closed it so itself: then it need not be told.</summary>
    public static async Task<bool> IsOwnNewsAsync(Work work, HandoverDocument document, CancellationToken ct)
    {
        if (document.System != ConnectedKind.Crm || document.Opportunity is not { } number) return false;
        var there = await work.Db.Set<OpportunityRow>().AsNoTracking().Where(o => o.ExternalId == number).Select(o => new { o.Stage, o.Amount, o.Currency }).FirstOrDefaultAsync(ct);
        return document.State switch
        {
            DealState.Won => there is { Stage: OpportunityStage.Won } && there.Amount == document.WonAmount && there.Currency == document.Currency,
            DealState.Lost => there is { Stage: OpportunityStage.Lost },
            _ => false,
        };
    }
}
