using Trellis.Kernel;

namespace Trellis.Accounts.Published;

/// <summary>Names a person who works at an account.</summary>
public readonly record struct ContactId(Guid Value) : ITypedId<ContactId>
{
    public static string Prefix => "acon";
    public static ContactId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out ContactId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}
