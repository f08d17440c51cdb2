namespace Trellis.Insights;

/// <summary>The attribution models in words.</summary>
internal static class ModelWords
{
    public static string Label(CreditModel model) => model switch
    {
        CreditModel.AgreedSplit => "Agreed split (declared)",
        CreditModel.FirstTouch => "First touch",
        CreditModel.LastTouch => "Last touch",
        _ => "Linear",
    };

    public static string Rule(CreditModel model) => model switch
    {
        CreditModel.AgreedSplit => "The shares agreed on the deal team; the registrant holds the rest. Partners are paid by this one.",
        CreditModel.FirstTouch => "All credit to the partner of the first qualified touch.",
        CreditModel.LastTouch => "All credit to the partner of the last qualified touch before the close.",
        _ => "Every qualified touch counts the same.",
    };
}
