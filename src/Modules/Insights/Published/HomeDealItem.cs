using Trellis.Kernel;

namespace Trellis.Insights.Published;

/// <summary>A deal in a short list: where it opens, what it is, and the one date that matters there.</summary>
public sealed record HomeDealItem(string Href, string Title, string Detail, Money Amount, DateTime? At, string Word, DateOnly? Day = null);
