using Trellis.Kernel;

namespace Trellis.Insights.Published;

/// <summary>Names a touch: one thing that a partner did for a deal.</summary>
public readonly record struct TouchId(Guid Value) : ITypedId<TouchId>
{
    public static string Prefix => "tch";
    public static TouchId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out TouchId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>What kind of thing a partner did for a deal.</summary>
public enum TouchKind
{
    Registration,
    Referral,
    Introduction,
    Meeting,
    Advice,
    Workshop,
    Demo,
    TechnicalValidation,
    ContentDownload,
    Implementation,
    Support,
}
