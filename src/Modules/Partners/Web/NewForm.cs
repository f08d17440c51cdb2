using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Web;

/// <summary>A profile with what only a new partner has.</summary>
internal sealed class NewForm : ProfileForm
{
    public string? State { get; set; }
    public string? Manager { get; set; }
    public string[]? Motions { get; set; }
    public bool EvenIfSimilar { get; set; }

    public NewPartner Read() => New() with
    {
        State = Words.Parse<PartnerState>(State) ?? PartnerState.Prospect,
        Manager = Ids.Parse<PersonId>(Manager),
        Motions = [.. (Motions ?? []).Select(Words.Parse<Motion>).OfType<Motion>()],
        EvenIfSimilar = EvenIfSimilar,
    };
}
