using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Life;

/// <summary>A registration as it shall be.</summary>
internal sealed record AmendInput(DealId Deal, DealFields Fields, string? Reason = null, long? Version = null);

/// <summary>What became of a change.</summary>
/// <param name="Request">The record of it.</param>
/// <param name="Waits">Whether a part of it waits for the vendor.</param>
internal sealed record Amended(RequestId Request, bool Waits);

/// <summary>
/// The partner changes a registration that was sent. What the decision did not rest on changes at once. Of an approved one, customer, product and a
/// clearly larger amount wait for a new approval, and the old protection stands meanwhile; one that waits is decided anew by the rules in force.
/// </summary>
internal sealed class Amend(Work work, LifeMail mail, DealReceipts receipts, DecideAnew anew) : UseCase<AmendInput, Amended>(work)
{
    private static readonly DealState[] Waiting = [DealState.InReview, DealState.InfoRequested];

    protected override Permission Permission => DealsPermissions.Register;

    public static bool Possible(DealState state) => Waiting.Contains(state) || DealLifecycle.Claiming.Contains(state);

    protected override async Task<Result<Amended>> HandleAsync(AmendInput input, CancellationToken ct)
    {
        var found = await Work.OwnDealAsync(input.Deal, input.Version, ct);
        if (!found.Ok) return found.Problem;
        var deal = found.Value;
        if (!Possible(deal.State)) return LifeProblems.NotAmendable(deal.State);
        var approved = DealLifecycle.Claiming.Contains(deal.State);
        var changes = Amendments.Compare(deal.Fields, input.Fields, approved ? deal.ApprovedAmount ?? deal.Amount : null);
        if (changes.Count == 0) return LifeProblems.NothingChanged();
        if (changes.Any(c => c.Field == "motion") && !await SellsAsync(deal, input.Fields.Motion, ct)) return DealsProblems.MotionNotActive();
        var keys = approved ? changes.Where(c => c.Key).ToList() : [];
        if (await CheckAsync(deal, input, changes, keys.Count > 0, ct) is { } problem) return problem;

        var product = await ProductAsync(deal, approved ? deal.ProductId : input.Fields.Product, ct);
        if (!product.Ok) return product.Problem;
        if (!approved) return await WaitingAsync(deal, input, changes, product.Value, ct);
        var record = Free(deal, input, changes, keys, product.Value);
        if (record is null) return await AskAsync(deal, input, keys, ct);
        Db.Add(record);
        Work.Publish(new DealChanged(deal.Id, Work.Now));
        await receipts.AmendedAsync(deal, Text.OrNull(input.Reason), ct);
        if (keys.Count == 0) return new Amended(record.Id, false);
        return await AskAsync(deal, input, keys, ct);
    }

    private Task<bool> SellsAsync(Deal deal, Motion? motion, CancellationToken ct)
    {
        var holder = deal.PartnerId;
        return Db.Set<PartnerMotionRow>().IgnoreQueryFilters([Kernel.Db.PartnerFilter]).AnyAsync(m => m.PartnerId == holder && m.Motion == motion && m.State == MotionState.Active, ct);
    }

    private async Task<Problem?> CheckAsync(Deal deal, AmendInput input, IReadOnlyList<FieldChange> changes, bool waits, CancellationToken ct)
    {
        // A date that has passed meanwhile is no reason to refuse another change.
        var today = changes.Any(c => c.Field == "expectedClose") || input.Fields.ExpectedClose is not { } close || close > Work.Today ? Work.Today : close;
        var check = Registration.Complete(input.Fields, today, new Check()).Text(input.Reason, "reason", "The reason", 1000, required: waits);
        if (check.Problem is { } problem) return problem;
        var id = deal.Id;
        await Work.LockAsync($"deal-requests:{id}", ct);
        return waits && await Db.Set<DealRequest>().AnyAsync(r => r.DealId == id && r.Kind == RequestKind.Amendment && r.State == RequestState.Pending, ct)
            ? LifeProblems.RequestOpen(RequestKind.Amendment)
            : null;
    }

    private async Task<Result<string?>> ProductAsync(Deal deal, Accounts.Published.ProductId? product, CancellationToken ct)
    {
        if (product != deal.ProductId) return await Registration.ProductNameAsync(Work, product, ct);
        return product is not { } id ? (string?)null
            : await Db.Set<Accounts.Published.ProductRow>().IgnoreQueryFilters([Db.PartnerFilter]).Where(p => p.Id == id).Select(p => p.Name).SingleOrDefaultAsync(ct);
    }

    private DealRequest? Free(Deal deal, AmendInput input, IReadOnlyList<FieldChange> changes, List<FieldChange> keys, string? product)
    {
        var free = changes.Except(keys).ToList();
        if (free.Count == 0) return null;
        deal.Write(Amendments.Free(deal.Fields, input.Fields, changes), product);
        return Record(deal, input, free);
    }

    private async Task<Result<Amended>> WaitingAsync(Deal deal, AmendInput input, IReadOnlyList<FieldChange> changes, string? product, CancellationToken ct)
    {
        var sameCustomer = Amendments.SameCustomer(deal, input.Fields);
        deal.Write(input.Fields, product);
        var record = Record(deal, input, changes);
        Db.Add(record);
        Work.Publish(new DealChanged(deal.Id, Work.Now));
        await receipts.AmendedAsync(deal, Text.OrNull(input.Reason), ct);
        if (changes.Any(Amendments.IsFact) && await anew.RunAsync(deal, sameCustomer, changes, ct) is { Ok: false } refused) return refused.Problem!;
        return new Amended(record.Id, false);
    }

    private DealRequest Record(Deal deal, AmendInput input, IReadOnlyList<FieldChange> changes)
    {
        var record = DealRequest.Open(Work, deal, RequestKind.Amendment, Text.OrNull(input.Reason) ?? "", $"Changed: {Amendments.Words(changes)}", Work.Now);
        record.Enter(RequestState.Granted, Work.Now, Work.Actor.Name, "Changed at once.");
        return record;
    }

    private async Task<Result<Amended>> AskAsync(Deal deal, AmendInput input, List<FieldChange> keys, CancellationToken ct)
    {
        if (keys.Any(c => c.Field == "product") && await Registration.ProductNameAsync(Work, input.Fields.Product, ct) is { Ok: false } unknown) return unknown.Problem!;
        var rules = RuleSetText.FromJson((await RuleBook.CurrentAsync(Work, ct)).Content);
        var request = DealRequest.Open(Work, deal, RequestKind.Amendment, input.Reason!.Trim(), Describe(deal, input.Fields, keys), await DecideBy.OfAsync(Work, deal.PartnerId, rules.DecideWithin, ct), fields: input.Fields);
        Db.Add(request);
        // Who may grant it is told; the decision itself is made when it is granted.
        await mail.AskedAsync(deal, request, ct, (await ChangedCase.PreviewAsync(Work, request, ct))?.Decides);
        return new Amended(request.Id, true);
    }

    private static string Describe(Deal deal, DealFields wanted, List<FieldChange> keys)
    {
        List<string> parts = [];
        if (keys.Any(k => k.Field is "customerName" or "customerDomain" or "country")) parts.Add($"Customer {deal.CustomerName} → {wanted.CustomerName}{(Customer.Domain(wanted.CustomerDomain) is { } domain ? $" ({domain})" : "")}");
        if (keys.Any(k => k.Field is "amount" or "currency")) parts.Add($"Amount {new Money(deal.Amount, deal.Currency)} → {new Money(wanted.Amount ?? 0, wanted.Currency ?? deal.Currency)}");
        if (keys.Any(k => k.Field == "product")) parts.Add("Another product");
        if (keys.Any(k => k.Field == "motion")) parts.Add($"Motion {(deal.Motion is { } before ? PartnerWords.Label(before) : "–")} → {(wanted.Motion is { } motion ? PartnerWords.Label(motion) : "–")}");
        if (keys.Any(k => k.Field == "customerTaxNumber")) parts.Add($"Tax number {deal.CustomerTaxNumber ?? "–"} → {Text.OrNull(wanted.CustomerTaxNumber) ?? "–"}");
        if (keys.Any(k => k.Field == "customerCity")) parts.Add($"City {deal.CustomerCity ?? "–"} → {Text.OrNull(wanted.CustomerCity) ?? "–"}");
        return string.Join("; ", parts);
    }
}
