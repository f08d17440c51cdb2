using System.Text.Json.Serialization;
using Trellis.Kernel;
using Trellis.Ui;

namespace Trellis.Partners.Published;

/// <summary>What kind of thing happened with a partner.</summary>
public enum PartnerEventKind
{
    Note,
    Call,
    Meeting,
    Mail,

    /// <summary>Where the partner stands: its status, its tier, its motions.</summary>
    Standing,
    Profile,
    People,
    Contribution,
    Registration,
    Lead,
    Conflict,

    /// <summary>What its people did for a deal: introductions, meetings, advice, demonstrations.</summary>
    Touch,
    Certification,
    File,
    Relation,
    Payout,
    Offboarding,
    Onboarding,

    /// <summary>A mail that Trellis has sent to one of its people.</summary>
    SentMail,

    /// <summary>The first time of a day at which one of its people was in the portal.</summary>
    SignIn,
}

/// <summary>Who touched whom.</summary>
public enum PartnerTouch
{
    /// <summary>People did it with each other: notes, calls, meetings, mails, work on deals.</summary>
    Human,

    /// <summary>Trellis did it or has recorded it.</summary>
    System,
}

/// <summary>A line of a partner's history.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Who">What the line begins with: who did it, or what it is about.</param>
/// <param name="What">What happened, as the line goes on.</param>
/// <param name="Text">More: a note's words, a reason; or null.</param>
/// <param name="Href">Where it is, for the person who asks; or null.</param>
public sealed record PartnerEvent(DateTime At, PartnerEventKind Kind, string Who, string What, string? Text = null, string? Href = null)
{
    /// <summary>Whether the words are a note, and who reads it.</summary>
    public Audience Audience { get; init; }

    /// <summary>How good the news is.</summary>
    [JsonIgnore]
    public Tone Tone { get; init; }
}

/// <summary>What is asked of a source: the newest events of a partner until a moment, that moment included.</summary>
/// <param name="Partner">The partner.</param>
/// <param name="Until">No event is younger.</param>
/// <param name="Most">How many are wanted at most.</param>
/// <param name="Kind">Only these, or all.</param>
public sealed record PartnerEventsAsk(PartnerId Partner, DateTime Until, int Most, PartnerEventKind? Kind)
{
    /// <summary>Only those between people, or only those of the system; or both.</summary>
    public PartnerTouch? Touch { get; init; }

    /// <summary>Whether events of this kind are wanted.</summary>
    public bool Wants(PartnerEventKind kind) => (Kind is null || Kind == kind) && (Touch is null || Touch == TouchOf(kind));

    /// <summary>On which side a kind stands.</summary>
    public static PartnerTouch TouchOf(PartnerEventKind kind) =>
        kind is PartnerEventKind.Note or PartnerEventKind.Call or PartnerEventKind.Meeting or PartnerEventKind.Mail or PartnerEventKind.Touch ? PartnerTouch.Human : PartnerTouch.System;
}

/// <summary>A plug: what another module knows of the history of a partner, limited to what the actor may see. Register it as a scoped service.</summary>
public interface IPartnerEvents
{
    /// <summary>The newest of each kind that is wanted, in an order that is the same each time: by time, and within an instant by what never changes.</summary>
    Task<IReadOnlyList<PartnerEvent>> OfAsync(PartnerEventsAsk ask, CancellationToken ct);
}
