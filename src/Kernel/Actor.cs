namespace Trellis.Kernel;

/// <summary>Something that a person may be allowed to do, with the roles that may do it at first.</summary>
/// <param name="Code">A stable code such as <c>deals.approve</c>.</param>
/// <param name="Label">What it allows, as a person reads it.</param>
/// <param name="Roles">The codes of the roles that have it in a new tenant.</param>
public sealed record Permission(string Code, string Label, params string[] Roles)
{
    public bool Equals(Permission? other) => other is not null && Code == other.Code;
    public override int GetHashCode() => Code.GetHashCode(StringComparison.Ordinal);
}

/// <summary>What kind of hand acts.</summary>
public enum ActorKind
{
    /// <summary>Nobody has signed in.</summary>
    Anonymous,

    /// <summary>A person on a page.</summary>
    Person,

    /// <summary>A program with a person's API token.</summary>
    Token,

    /// <summary>Trellis itself: a listener, a job, a schedule.</summary>
    System,
}

/// <summary>A partner that a person may act for.</summary>
/// <param name="Partner">The partner.</param>
/// <param name="Name">Its name.</param>
public sealed record Place(PartnerId Partner, string Name);

/// <summary>A company in which a browser holds a session.</summary>
public sealed record OpenCompany(TenantId Tenant, string Name);

/// <summary>The key by which a program acts.</summary>
/// <param name="Hash">Its name in the books, which opens nothing.</param>
/// <param name="Until">When it ends; nothing that it makes lasts longer.</param>
public sealed record HeldKey(string Hash, DateTime Until);

/// <summary>Who acts: in which tenant, for which partner if any, with which permissions.</summary>
public sealed record Actor
{
    /// <summary>The kind of hand.</summary>
    public required ActorKind Kind { get; init; }

    /// <summary>The tenant; the empty id for nobody, for whom every tenanted query is empty.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The person, or the empty id.</summary>
    public PersonId Person { get; init; }

    /// <summary>The name for audit and timelines.</summary>
    public required string Name { get; init; }

    /// <summary>The e-mail address, for pages.</summary>
    public string Email { get; init; } = "";

    /// <summary>The partner that a portal actor belongs to; null for the vendor's own people.</summary>
    public PartnerId? Partner { get; init; }

    /// <summary>The partner's name, for pages.</summary>
    public string? PartnerName { get; init; }

    /// <summary>The labels of the roles, for pages.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>The codes of the roles; a copy's begins with that of the role it was made from.</summary>
    public IReadOnlyList<string> RoleCodes { get; init; } = [];

    /// <summary>Every partner that this person may act for, for the switch in the menu; empty for the vendor's people.</summary>
    public IReadOnlyList<Place> Places { get; init; } = [];

    /// <summary>The companies of this installation that the person's browser has open, the own one among them; empty where there is no other to enter.</summary>
    public IReadOnlyList<OpenCompany> Companies { get; init; } = [];

    /// <summary>Who looks through this person's eyes, or null when it acts itself. Whoever looks changes nothing.</summary>
    public string? ViewedBy { get; init; }

    /// <summary>The key by which a program acts; null for everybody else.</summary>
    public HeldKey? Key { get; init; }

    /// <summary>When the look ends by itself.</summary>
    public DateTime? ViewedUntil { get; init; }

    /// <summary>The codes of all permissions.</summary>
    public IReadOnlySet<string> Permissions { get; init; } = new HashSet<string>();

    /// <summary>The tenant's name, for pages.</summary>
    public string TenantName { get; init; } = "";

    /// <summary>The currency in which the tenant reports.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>The IANA time zone in which this person reads times.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>The language that the person has chosen; null where it is left to the browser and the company.</summary>
    public string? Language { get; init; }

    /// <summary>The language that the company has chosen for its people and partners; null where it is left to each browser.</summary>
    public string? TenantLanguage { get; init; }

    /// <summary>Whether the actor belongs to a partner.</summary>
    public bool IsPartner => Partner is not null;

    /// <summary>Whether somebody or something known acts.</summary>
    public bool IsKnown => Kind != ActorKind.Anonymous;

    /// <summary>Whether the actor may do this; Trellis itself may do all within its tenant.</summary>
    public bool May(Permission permission) => Kind == ActorKind.System || Permissions.Contains(permission.Code);

    /// <summary>Nobody.</summary>
    public static readonly Actor Anonymous = new() { Kind = ActorKind.Anonymous, Tenant = default, Name = "Anonymous" };

    /// <summary>Trellis itself, inside one tenant.</summary>
    public static Actor System(TenantId tenant, string name = "Trellis") => new() { Kind = ActorKind.System, Tenant = tenant, Name = name };
}

/// <summary>Holds the actor of the current request, delivery or job.</summary>
public sealed class CurrentActor
{
    /// <summary>Who acts; nobody until an edge has found out.</summary>
    public Actor Actor { get; set; } = Actor.Anonymous;

    /// <summary>Somebody else acts until what is returned is disposed, however that comes: <c>using (current.As(other))</c>.</summary>
    public Acting As(Actor other)
    {
        var before = Actor;
        Actor = other;
        return new Acting(this, before);
    }

    /// <summary>Gives the hand back to who had it before.</summary>
    public readonly struct Acting(CurrentActor current, Actor before) : IDisposable
    {
        public void Dispose() => current.Actor = before;
    }
}
