using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>A part of a deal that is shown, and written, from one level on.</summary>
internal enum DealPart
{
    /// <summary>How much there is of each of the others.</summary>
    Numbers,

    /// <summary>Amount, dates and next step.</summary>
    Figures,
    History,
    Messages,
    Tasks,
    Plan,
    Committee,
    Files,
    Agreements,
}

/// <summary>The parts as bits of a number, as rows keep them and queries ask for them.</summary>
internal static class PartBits
{
    public const int Figures = 1 << (int)DealPart.Figures;
    public const int Messages = 1 << (int)DealPart.Messages;
    public const int Tasks = 1 << (int)DealPart.Tasks;
    public const int Plan = 1 << (int)DealPart.Plan;
    public const int Committee = 1 << (int)DealPart.Committee;
    public const int Files = 1 << (int)DealPart.Files;
    public const int All = (1 << ((int)DealPart.Agreements + 1)) - 1;

    public static int Of(DealPart part) => 1 << (int)part;

    public static int Of(IEnumerable<DealPart> parts) => parts.Aggregate(0, (bits, part) => bits | Of(part));
}

/// <summary>What somebody sees of a deal: the level that was agreed, and the parts that it stood for when it was.</summary>
internal readonly record struct Sight(DealVisibility Level, int Parts)
{
    public static readonly Sight Whole = new(DealVisibility.Full, PartBits.All);

    public bool Reads(DealPart part) => (Parts & PartBits.Of(part)) != 0;

    /// <summary>A level with the parts that were written down for it; rows of before stand for what the program delivered.</summary>
    public static Sight Kept(DealVisibility level, int? reads) => new(level, reads ?? SightTable.Delivered.Parts(level));
}

/// <summary>
/// The one table of what each level shows and allows, which every tenant may set: invitation, agreement, page, help and every act ask it. What was agreed keeps the parts that it promised, so a change
/// counts for what is agreed or set after it. Customer, product, status, team and whom to ask are shown at every level; a task that a partner is given is its own to see and to finish at every level.
/// </summary>
internal sealed class SightTable
{
    /// <summary>The parts that a role within a partner may be kept from.</summary>
    public static readonly DealPart[] ByRole = [DealPart.Figures, DealPart.Messages, DealPart.Committee, DealPart.Files];

    /// <summary>The levels from which a part may be read; the basics never grow, because whoever was only invited reads them.</summary>
    public static readonly DealVisibility[] Choices = [DealVisibility.Counts, DealVisibility.Summary, DealVisibility.Full];

    /// <summary>The table as the program delivers it.</summary>
    public static readonly SightTable Delivered = new(Enum.GetValues<DealPart>().ToDictionary(p => p, Default), new Dictionary<string, int>());

    private readonly IReadOnlyDictionary<DealPart, DealVisibility> _from;

    public SightTable(IReadOnlyDictionary<DealPart, DealVisibility> from, IReadOnlyDictionary<string, int> hidden) => (_from, Hidden) = (from, hidden);

    /// <summary>The parts that roles within a partner do not read, by the codes of the roles.</summary>
    public IReadOnlyDictionary<string, int> Hidden { get; }

    /// <summary>From which level on a part is read, and written by whoever works on the deal.</summary>
    public DealVisibility From(DealPart part) => _from.TryGetValue(part, out var level) ? level : Default(part);

    /// <summary>What is read at a level, as bits.</summary>
    public int Parts(DealVisibility level) => PartBits.Of(Enum.GetValues<DealPart>().Where(p => level >= From(p)));

    public Sight At(DealVisibility level) => new(level, Parts(level));

    /// <summary>What this actor's roles at its partner leave of the parts: whoever has several roles reads what one of them reads.</summary>
    public int Left(Actor actor) => actor.IsPartner ? Left(actor.RoleCodes) : PartBits.All;

    /// <summary>The same for somebody of a partner with these roles.</summary>
    public int Left(IReadOnlyCollection<string> roles) => roles.Count == 0 || Hidden.Count == 0 ? PartBits.All : PartBits.All & ~roles.Select(Of).Aggregate((a, b) => a & b);

    // The code of a copy begins with that of its origin, and it is kept from the same until something else is said of it.
    private int Of(string role) => Hidden.TryGetValue(role, out var own) ? own
        : role.LastIndexOf('.') is > 0 and var end && Hidden.TryGetValue(role[..end], out var origin) ? origin : 0;

    /// <summary>
    /// Whether a partner on the team of another's deal still writes. When the deal is over its agreement has ended: it reads what it could read, and of a won deal it finishes the tasks that
    /// it was given, because delivery comes after the win. The partner that registered it and the vendor go on: they correct, appeal and settle.
    /// </summary>
    public static bool MemberWrites(DealState state, DealPart? part) => !DealLifecycle.IsOver(state) || (state == DealState.Won && part is null);

    /// <summary>What cannot be: how much there is of a part is told no later than the part, and the agreements of others are for who sees the whole deal.</summary>
    public static Problem? Refused(IReadOnlyDictionary<DealPart, DealVisibility> from, IReadOnlyDictionary<string, int> hidden)
    {
        var check = new Check();
        foreach (var part in Enum.GetValues<DealPart>().Where(p => p != DealPart.Agreements))
            check.That(from.TryGetValue(part, out var level) && Choices.Contains(level), Words.Of(part), "Choose from which level it is read.");
        if (check.Problem is { } unknown) return unknown;
        check.That(from.Values.All(l => from[DealPart.Numbers] <= l), "numbers", "How much there is of the parts is shown from the same level as the first of them, or before.")
            .That(from.GetValueOrDefault(DealPart.Agreements, DealVisibility.Full) == DealVisibility.Full, "agreements", "Agreements with others are read at the level of all that is shared, and no sooner.")
            .That(hidden.All(h => Roles.Default(h.Key.Split('.')[0]) is { Side: RoleSide.Partner }), "roles", "Name roles of a partner’s people.")
            .That(!hidden.Any(h => h.Value != 0 && h.Key.Split('.')[0] == Roles.PartnerAdmin), "roles", "The partner’s admin reads all that its agreement promises, so that somebody does.")
            .That(hidden.Values.All(v => (v & ~PartBits.Of(ByRole)) == 0), "roles", "Roles are kept from amounts, messages, the buying committee or files.");
        return check.Problem;
    }

    private static DealVisibility Default(DealPart part) => part switch
    {
        DealPart.Numbers => DealVisibility.Counts,
        DealPart.Committee or DealPart.Files or DealPart.Agreements => DealVisibility.Full,
        _ => DealVisibility.Summary,
    };
}
