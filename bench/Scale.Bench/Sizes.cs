namespace Trellis.Scale.Bench;

/// <summary>How much the tenant holds: everything follows from the number of accounts, in the proportions of the largest size.</summary>
internal sealed record Sizes(int Accounts)
{
    public int Deals => Math.Max(1000, Accounts / 10);

    public int Partners => Math.Max(200, Accounts / 100);

    public int Opportunities => Accounts / 5;

    public int Conflicts => Math.Max(50, Accounts / 500);

    /// <summary>The seed of the names, so that the bench knows which companies are there.</summary>
    public const int Seed = 4711;
}
