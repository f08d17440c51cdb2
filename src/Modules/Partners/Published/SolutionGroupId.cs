using Trellis.Kernel;

namespace Trellis.Partners.Published;

/// <summary>Names a group of partners that together form a solution.</summary>
public readonly record struct SolutionGroupId(Guid Value) : ITypedId<SolutionGroupId>
{
    public static string Prefix => "sol";
    public static SolutionGroupId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out SolutionGroupId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}
