using Trellis.Kernel;
using Trellis.Partners.Published;
using static Trellis.Partners.Applying.ApplicationState;

namespace Trellis.Partners.Applying;

/// <summary>Names an application.</summary>
internal readonly record struct ApplicationId(Guid Value) : ITypedId<ApplicationId>
{
    public static string Prefix => "papp";
    public static ApplicationId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out ApplicationId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

internal enum ApplicationState
{
    /// <summary>The address has not been confirmed: nobody at the vendor sees it.</summary>
    Unconfirmed,
    Waiting,
    Accepted,
    Declined,
}

internal enum ApplicationTrigger
{
    Confirm,
    Accept,
    Decline,
}

internal static class ApplicationLifecycle
{
    public static readonly Machine<ApplicationState, ApplicationTrigger> Machine = new("applications",
        (Unconfirmed, ApplicationTrigger.Confirm, Waiting),
        (Waiting, ApplicationTrigger.Accept, Accepted),
        (Waiting, ApplicationTrigger.Decline, Declined));
}

/// <summary>
/// A company asks to become a partner. The audit remembers what was decided, not who applied: what is erased here must not stand there.
/// </summary>
internal sealed class Application : ITenantOwned, IVersioned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public ApplicationId Id { get; init; }
    public required string Company { get; init; }
    public required string Website { get; init; }
    public required string Country { get; init; }

    /// <summary>The first in which the company wants to work with the vendor.</summary>
    public Motion Motion { get; init; }

    /// <summary>The others, with commas between them; null for none.</summary>
    public string? OtherMotions { get; init; }

    public IReadOnlyList<Motion> Motions => [Motion, .. (OtherMotions ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(m => Words.Parse<Motion>(m)).OfType<Motion>()];

    public required string ContactName { get; set; }
    public required string Email { get; set; }
    public string? Text { get; set; }

    /// <summary>The language in which the form was read; mails are written in it.</summary>
    public string? Language { get; init; }
    public DateTime CreatedAt { get; init; }

    /// <summary>When the applicant agreed that this is stored.</summary>
    public DateTime ConsentAt { get; init; }
    public ApplicationState State { get; private set; }
    public DateTime StateSince { get; private set; }
    public string StateBy { get; private set; } = "";

    /// <summary>Why it was declined, as the applicant has read it.</summary>
    public string? Reason { get; private set; }

    /// <summary>The partner that it has become.</summary>
    public PartnerId? PartnerId { get; set; }
    public long Version { get; set; }

    /// <summary>How motions after the first are kept.</summary>
    public static string? Others(IEnumerable<Motion> motions) => Kernel.Text.OrNull(string.Join(',', motions.Skip(1).Select(m => Words.Of(m))));

    public Application Enter(ApplicationState state, DateTime at, string by, string? reason = null)
    {
        (State, StateSince, StateBy, Reason) = (state, at, by, reason);
        return this;
    }

    /// <summary>The reason stays here, where it is erased with the rest.</summary>
    public Result<ApplicationState> Move(Work work, ApplicationTrigger on, string? reason = null)
    {
        var moved = work.Move(ApplicationLifecycle.Machine, Id.ToString(), State, on);
        if (!moved.Ok) return moved;
        Enter(moved.Value, work.Now, work.Actor.Name, reason);
        work.Note($"partners.application_{Words.Of(moved.Value)}", ApplicationId.Prefix, Id.ToString(), new { country = Country, motions = Motions.Select(m => Words.Of(m)).ToArray() });
        return moved;
    }
}

/// <summary>Whether strangers may apply, and what they are told. Without a row they may not.</summary>
internal sealed class ApplicationSettings : ITenantOwned, IVersioned
{
    public const int UnconfirmedDays = 7;
    public const int UsualDays = 180;

    public TenantId TenantId { get; init; }
    public bool Open { get; set; }
    public string? Intro { get; set; }

    /// <summary>After so many days a declined application is erased.</summary>
    public int KeepDays { get; set; }
    public long Version { get; set; }
}
