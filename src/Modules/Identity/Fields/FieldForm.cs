using System.Globalization;
using Trellis.Kernel;

namespace Trellis.Identity.Fields;

/// <summary>A custom field as its form posts it: everything is text until it is read.</summary>
internal sealed class FieldForm
{
    public string? Record { get; set; }
    public string? Label { get; set; }
    public string? Key { get; set; }
    public string? Kind { get; set; }
    public string? Choices { get; set; }
    public string? Help { get; set; }
    public string? Sight { get; set; }
    public string? Position { get; set; }
    public string? Version { get; set; }
    public bool Required { get; set; }
    public bool InList { get; set; }

    public FieldInput Read() => new()
    {
        Record = Record, Label = Label, Key = Key, Kind = Words.Parse<FieldKind>(Kind), Choices = Choices, Help = Help, Sight = Words.Parse<FieldSight>(Sight), Required = Required, InList = InList,
        Position = int.TryParse(Position, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : Text.OrNull(Position) is null ? 100 : -1,
        Version = long.TryParse(Version, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null,
    };
}
