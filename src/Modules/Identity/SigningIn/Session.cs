using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Names a session. No secret: the cookie that carries it is sealed.</summary>
internal readonly record struct SessionId(Guid Value) : ITypedId<SessionId>
{
    public static string Prefix => "ses";
    public static SessionId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out SessionId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>How a person proved at the door who it is.</summary>
internal enum ProvedBy
{
    Password,
    Link,
    Passkey,
    SingleSignOn,
}

/// <summary>A browser in which a person is signed in. The cookie only names the row; without the row it opens nothing.</summary>
internal sealed class Session : ITenantOwned, IUnaudited
{
    /// <summary>Unused for so long, a session is over.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromDays(14);

    /// <summary>However much it is used, a session ends after this time (NIST SP 800-63B-4 asks for a new sign-in at the latest after 30 days).</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>For so long after proving who one is, dangerous acts need no further proof.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(15);

    /// <summary>How exactly the last use is known: a row is not written for each click.</summary>
    public static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(5);

    public TenantId TenantId { get; init; }
    public SessionId Id { get; init; }
    public PersonId PersonId { get; init; }

    /// <summary>The partner for which a partner's person works in this session.</summary>
    public PartnerId? PartnerId { get; init; }

    /// <summary>The person's stamp at sign-in: a person with another one has ended all its sessions.</summary>
    [Secret]
    public required string Stamp { get; init; }

    /// <summary>Browser and system, as the browser tells it: <c>Firefox on Windows</c>.</summary>
    public required string Device { get; init; }

    /// <summary>The network address at sign-in.</summary>
    public required string Address { get; init; }

    public ProvedBy By { get; init; }

    /// <summary>Whether two factors were proved.</summary>
    public bool TwoFactors { get; init; }

    public DateTime Since { get; init; }
    public DateTime SeenAt { get; set; }

    /// <summary>When the person last proved who it is, at sign-in or before a dangerous act.</summary>
    public DateTime ConfirmedAt { get; set; }

    /// <summary>Whether a partner's own provider has let the person in: such a session opens that partner and no other.</summary>
    public bool OpensOneCompany => By == ProvedBy.SingleSignOn && PartnerId is not null;

    public bool IsOpen(DateTime now) => now - SeenAt < Idle && now - Since < Longest;

    public bool IsFresh(DateTime now) => now - ConfirmedAt < Fresh;
}

/// <summary>The session of the request, where there is one.</summary>
internal sealed class CurrentSession
{
    public Session? Session { get; set; }

    /// <summary>What the cookie names as the active session, also where that is over.</summary>
    public HeldSession? Active { get; set; }

    /// <summary>The sessions at other companies that the cookie holds; each is looked at when somebody switches to it.</summary>
    public IReadOnlyList<HeldSession> Aside { get; set; } = [];

    /// <summary>The tenant asks its people for a second factor and this one has none yet: nothing else is possible until it has.</summary>
    public bool SecondFactorDue { get; set; }
}
