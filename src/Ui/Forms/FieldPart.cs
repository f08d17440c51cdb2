using Microsoft.AspNetCore.Components;

namespace Trellis.Ui;

/// <summary>What all fields share: name, label, help, messages, and how these are tied together for a screen reader.</summary>
public abstract class FieldPart : ComponentBase
{
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>The posted name: <c>Input.Company</c> for a property <c>Company</c> of <c>[SupplyParameterFromForm] Input</c>.</summary>
    [Parameter, EditorRequired] public string Name { get; set; } = "";
    [Parameter] public string? Help { get; set; }
    [Parameter] public bool Required { get; set; }
    [Parameter] public bool Disabled { get; set; }

    [CascadingParameter] protected FormState? Form { get; set; }

    protected IReadOnlyList<string> Errors => Form?.Of(Name) ?? [];
    protected bool Wrong => Errors.Count > 0;
    protected string Id => Form?.Id(Name) ?? Look.Id(Name);
    protected string? DescribedBy => (Wrong, Help) switch
    {
        (true, not null) => $"{Id}-error {Id}-help",
        (true, null) => $"{Id}-error",
        (false, not null) => $"{Id}-help",
        _ => null,
    };
}
