using System.Text.Json;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Life;

/// <summary>Names a request on a registration.</summary>
internal readonly record struct RequestId(Guid Value) : ITypedId<RequestId>
{
    public static string Prefix => "dreq";
    public static RequestId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out RequestId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>What a partner asks for while the registration stands.</summary>
internal enum RequestKind
{
    /// <summary>More days of protection.</summary>
    Extension,

    /// <summary>Another customer or product, or clearly more money.</summary>
    Amendment,
}

internal enum RequestState
{
    Pending,
    Granted,
    Refused,
    Withdrawn,

    /// <summary>The registration ended before it was decided.</summary>
    Lapsed,
}

internal enum RequestTrigger
{
    Grant,
    Refuse,
    Withdraw,
    Lapse,
}

/// <summary>One request of a partner on its registration, with its answer. What was changed at once stands here too, as granted.</summary>
internal sealed class DealRequest : ITenantOwned, IVersioned, IWatched
{
    public static readonly Machine<RequestState, RequestTrigger> Machine = new("deal_requests",
        (RequestState.Pending, RequestTrigger.Grant, RequestState.Granted),
        (RequestState.Pending, RequestTrigger.Refuse, RequestState.Refused),
        (RequestState.Pending, RequestTrigger.Withdraw, RequestState.Withdrawn),
        (RequestState.Pending, RequestTrigger.Lapse, RequestState.Lapsed));

    public TenantId TenantId { get; init; }
    public RequestId Id { get; init; }
    public DealId DealId { get; init; }

    /// <summary>The partner that holds the deal; it stands here so that a filter needs no second table.</summary>
    public PartnerId PartnerId { get; init; }

    public PartnerId? DistributorId { get; init; }
    public RequestKind Kind { get; init; }
    public RequestState State { get; private set; }

    /// <summary>Why the partner asks.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What it asks for, in words.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Of an extension: the days asked for.</summary>
    public int? Days { get; init; }

    /// <summary>Of an amendment: the fields as they shall be, as JSON.</summary>
    public string? Content { get; init; }

    public DateTime RequestedAt { get; init; }
    public PersonId RequestedBy { get; init; }
    public string RequestedByName { get; init; } = "";

    /// <summary>Until when an answer is promised.</summary>
    public DateTime DecideBy { get; init; }

    public DateTime? DecidedAt { get; private set; }
    public string? DecidedByName { get; private set; }

    /// <summary>The answer in words for both sides.</summary>
    public string? Answer { get; private set; }

    public long Version { get; set; }

    public string Watched => DealId.ToString();

    public DealFields? Fields => Content is null ? null : JsonSerializer.Deserialize<DealFields>(Content, Json.Options);

    public static DealRequest Open(Work work, Deal deal, RequestKind kind, string reason, string summary, DateTime decideBy, int? days = null, DealFields? fields = null) => new()
    {
        TenantId = work.Tenant,
        Id = work.NewId<RequestId>(),
        DealId = deal.Id,
        PartnerId = deal.PartnerId,
        DistributorId = deal.DistributorId,
        Kind = kind,
        Reason = reason,
        Summary = summary,
        Days = days,
        Content = fields is null ? null : JsonSerializer.Serialize(fields, Json.Options),
        RequestedAt = work.Now,
        RequestedBy = work.Actor.Person,
        RequestedByName = work.Actor.Name,
        DecideBy = decideBy,
    };

    /// <summary>A request of the past, for the demo.</summary>
    public static DealRequest Past(TenantId tenant, RequestId id, Deal deal, RequestKind kind, string reason, string summary, DateTime at, DateTime decideBy, int? days, DealFields? fields) => new()
    {
        TenantId = tenant,
        Id = id,
        DealId = deal.Id,
        PartnerId = deal.PartnerId,
        DistributorId = deal.DistributorId,
        Kind = kind,
        Reason = reason,
        Summary = summary,
        Days = days,
        Content = fields is null ? null : JsonSerializer.Serialize(fields, Json.Options),
        RequestedAt = at,
        RequestedBy = deal.RegisteredBy,
        RequestedByName = deal.RegisteredByName,
        DecideBy = decideBy,
        Version = 1,
    };

    /// <summary>Enters a state that the lifecycle has allowed.</summary>
    public void Enter(RequestState state, DateTime at, string by, string answer) => (State, DecidedAt, DecidedByName, Answer) = (state, at, by, answer);

    /// <summary>Moves it and writes the move down.</summary>
    public Result<RequestState> Move(Work work, RequestTrigger on, string answer)
    {
        var next = work.Move(Machine, Id.ToString(), State, on, answer);
        if (next.Ok) Enter(next.Value, work.Now, work.Actor.Name, answer);
        return next;
    }
}
