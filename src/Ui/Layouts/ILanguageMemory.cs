namespace Trellis.Ui;

/// <summary>Remembers a person's language beyond the browser in which it was chosen; a module plugs it in.</summary>
public interface ILanguageMemory
{
    /// <summary>Keeps the language for whoever is signed in; nothing for nobody.</summary>
    Task KeepAsync(string language, CancellationToken ct);
}
