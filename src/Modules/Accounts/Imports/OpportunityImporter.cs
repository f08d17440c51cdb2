using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Accounts.Values;
using Trellis.Kernel;

namespace Trellis.Accounts.Imports;

/// <summary>A row of opportunities as it was understood.</summary>
internal sealed class OpportunityLine
{
    public required OpportunityFacts Facts { get; set; }
    public string? Account { get; init; }
    public string? Product { get; init; }
    public string? Owner { get; init; }
    public string? OwnerMail { get; init; }
}

internal sealed class OpportunityImporter(Work work, ImportPlan plan) : Importer<OpportunityLine, Opportunity>(work, plan)
{
    private static readonly KnownValues<OpportunityStage> Stages = new(
        Enum.GetValues<OpportunityStage>().Select(s => (Words.Label(s), s)),
        [
            ("closed won", "Won", OpportunityStage.Won), ("win", "Won", OpportunityStage.Won), ("closed lost", "Lost", OpportunityStage.Lost),
            ("prospect", "Prospecting", OpportunityStage.Prospecting), ("engaged", "Engaging", OpportunityStage.Engaging),
        ]);

    private readonly AccountNames _accounts = new(work);
    private readonly Dictionary<string, Understood<ProductId>> _productsMet = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Understood<string>> _sellersMet = new(StringComparer.Ordinal);
    private KnownValues<ProductId>? _products;
    private KnownValues<string>? _sellers;
    private bool _sellersKnown;
    private Owners? _owners;

    protected override OwnFields? Own { get; } = plan.Own.Count == 0 ? null : new OwnFields<OpportunityId>(work, OpportunityRecords.Name, plan.Own, plan.Options);

    protected override OpportunityLine Read(RowReading row)
    {
        var id = row.Required("external_id", "The identifier", 100);
        var (opened, closed) = (row.Date("opened", Plan.Options.Dates), row.Date("closed", Plan.Options.Dates));
        var stage = Stage(row);
        var isOpen = stage is OpportunityStage.Prospecting or OpportunityStage.Engaging;
        var facts = new OpportunityFacts
        {
            ExternalId = id,
            Stage = stage,
            OpenedOn = opened,
            ClosedOn = isOpen ? null : closed,
            ExpectedOn = isOpen ? row.Date("expected", Plan.Options.Dates) ?? closed : null,
            Amount = row.Amount("amount", Plan.Options.DecimalComma, AmountUnit.Units, Plan.Currency),
        };
        return new OpportunityLine { Facts = facts, Account = row.Text("account"), Product = row.Text("product"), Owner = row.Text("owner"), OwnerMail = row.Text("owner_email", 320) };
    }

    protected override string KeyOf(OpportunityLine line) => line.Facts.ExternalId;

    protected override string TitleOf(OpportunityLine line) => line.Facts.ExternalId;

    protected override async Task ResolveAsync(IReadOnlyList<(RowReading Row, OpportunityLine Line)> lines, CancellationToken ct)
    {
        await LoadNamesAsync(ct);
        await _accounts.LearnAsync(lines.Select(l => l.Line.Account), ct);
        foreach (var (row, line) in lines)
        {
            var (account, accountWritten) = Account(row, line.Account);
            var (product, productWritten) = Product(row, line.Product);
            var owner = Owner(row, line.Owner, line.OwnerMail);
            line.Facts = line.Facts with
            {
                AccountId = account,
                AccountWritten = accountWritten,
                ProductId = product,
                ProductWritten = productWritten,
                OwnerName = owner.Name,
                OwnerId = owner.Person,
                OwnerIsSure = owner.ByMail,
            };
            Doubts(row, line.Facts);
        }
    }

    protected override async Task<Opportunity?[]> LoadAsync(IReadOnlyList<(RowReading Row, OpportunityLine Line)> lines, bool tracked, CancellationToken ct)
    {
        var ids = lines.Select(l => l.Line.Facts.ExternalId).ToList();
        var rows = Work.Db.Set<Opportunity>().Where(o => EF.Parameter(ids).Contains(o.ExternalId));
        var found = await (tracked ? rows : rows.AsNoTracking()).ToDictionaryAsync(o => o.ExternalId, ct);
        return [.. ids.Select(found.GetValueOrDefault)];
    }

    protected override Guid IdOf(Opportunity entity) => entity.Id.Value;

    protected override Opportunity Create(OpportunityLine line) =>
        Opportunity.Create(Work.Tenant, Work.NewId<OpportunityId>(), line.Facts, Plan.Currency, Work.Today);

    protected override void Change(Opportunity entity, OpportunityLine line, Changes changes) => entity.Apply(line.Facts, changes, Work.Today);

    protected override async Task WriteAsync(IReadOnlyList<Opportunity> created, IReadOnlyList<Opportunity> changed, CancellationToken ct)
    {
        // The batch holds the lock that revaluing takes as well: no row is written by rates that are gone when it can be seen.
        await Work.ValueAsync(created, ct);
        if (created.Count > 0) await Work.Db.Engine.InsertAsync(Work.Db, created, ct);
        await _accounts.KeepAliasesAsync(ct);
    }

    private static OpportunityStage Stage(RowReading row)
    {
        var written = row.Required("stage", "The stage", 60);
        if (written.Length == 0) return default;
        var stage = Stages.Find(written);
        if (stage.How == Reading.Unknown) row.Refuse("stage", written, $"“{written}” is no known stage: prospecting, engaging, won or lost.");
        if (stage.How == Reading.Mended && !string.Equals(stage.Name, written, StringComparison.OrdinalIgnoreCase)) row.Note(FindingKind.Mended, "stage", written, stage.Name, stage.Why);
        return stage.Value;
    }

    private (AccountId?, string?) Account(RowReading row, string? written)
    {
        if (written is null)
        {
            row.Note(FindingKind.Missing, "account", "", null, "the CRM names no account; the opportunity is kept without one");
            return (null, null);
        }

        var account = _accounts.Of(written);
        if (account.How == Reading.Unknown)
        {
            row.Note(FindingKind.Unknown, "account", written, null, account.Why);
            return (null, written);
        }

        if (account.How == Reading.Mended) row.Note(FindingKind.Mended, "account", written, account.Name, account.Why);
        return (account.Value, null);
    }

    private (ProductId?, string?) Product(RowReading row, string? written)
    {
        if (written is null) return (null, null);
        if (!_productsMet.TryGetValue(written, out var product)) _productsMet[written] = product = _products!.Find(written);
        if (product.How == Reading.Unknown)
        {
            row.Note(FindingKind.Unknown, "product", written, null, product.Why);
            return (null, written);
        }

        if (product.How == Reading.Mended) row.Note(FindingKind.Mended, "product", written, product.Name, product.Why);
        return (product.Value, null);
    }

    private Owner Owner(RowReading row, string? written, string? mail)
    {
        var owner = _owners!.Of(written, mail);
        return owner.ByMail || written is null ? owner : _owners.Of(Seller(row, written, owner.Person is not null));
    }

    private string Seller(RowReading row, string written, bool isColleague)
    {
        if (!_sellersKnown) return written;
        if (!_sellersMet.TryGetValue(written, out var seller)) _sellersMet[written] = seller = _sellers!.Find(written);
        if (seller.How == Reading.Unknown)
        {
            if (!isColleague) row.Note(FindingKind.Unknown, "owner", written, null, seller.Why);
            return written;
        }

        if (seller.How == Reading.Mended) row.Note(FindingKind.Mended, "owner", written, seller.Name, seller.Why);
        return seller.Name ?? written;
    }

    private static void Doubts(RowReading row, OpportunityFacts facts)
    {
        var isOpen = facts.Stage is OpportunityStage.Prospecting or OpportunityStage.Engaging;
        if (facts.OpenedOn is null) row.Note(FindingKind.Missing, "opened", "", null, isOpen ? "an open opportunity without a date" : "closed, but without the date on which it was opened");
        if (!isOpen && facts.ClosedOn is null) row.Note(FindingKind.Missing, "closed", "", null, "won or lost, but without the date");
        if (facts is { Stage: OpportunityStage.Won, Amount: null or 0 }) row.Note(FindingKind.Doubtful, "amount", "", null, "won without a value");
        if (facts.OpenedOn is { } from && facts.ClosedOn < from) row.Note(FindingKind.Doubtful, "closed", "", null, "closed before it was opened");
    }

    private async Task LoadNamesAsync(CancellationToken ct)
    {
        if (_products is not null) return;
        var products = await Work.Db.Set<Product>().AsNoTracking().Select(p => new { p.Name, p.Id }).ToListAsync(ct);
        var sellers = await Work.Db.Set<Seller>().AsNoTracking().Select(s => s.Name).ToListAsync(ct);
        _products = new(products.Select(p => (p.Name, p.Id)));
        _sellers = new(sellers.Select(s => (s, s)));
        _sellersKnown = sellers.Count > 0;
        _owners = await Owners.LoadAsync(Work, ct);
    }
}
