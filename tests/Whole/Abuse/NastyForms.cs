namespace Trellis.Whole.Tests.Abuse;

/// <summary>Every form of every page, posted with values that no browser would send: in texts, numbers, choices, hidden fields.</summary>
internal static class NastyForms
{
    // Whoever posts must stay signed in, and be allowed.
    private static readonly string[] Spared = ["/security", "/sign-in", "/viewing", "/roles", "/people"];

    public static async Task<List<string>> PostAsync(Cast cast, Visitor visitor, int seed, int times)
    {
        var (faults, chance) = (new List<string>(), new Random(seed));
        foreach (var route in Route.All(cast.App.Services).Where(r => r.IsPage && !r.Anonymous && visitor.May(r) && !visitor.IsStrangerTo(r) && !Spared.Any(r.Pattern.Contains)))
            foreach (var address in await cast.OwnAddressesAsync(route, visitor, 1))
            {
                if (await Forms.ReadAsync(visitor.Pages, address) is not { } page) continue;
                foreach (var form in Forms.Of(page))
                    for (var i = 0; i < times; i++)
                    {
                        var values = Forms.Fill(form, _ => null).Select(v => v.Key.StartsWith('_') || chance.Next(3) == 0 ? v : new(v.Key, Plain(Nasty.One(chance)))).ToList();
                        using var answer = await Forms.SendAsync(visitor.Pages, address, form, values);
                        if ((int)answer.StatusCode >= 500 && (int)answer.StatusCode != 503)
                            faults.Add($"{visitor.Name.Split(' ')[0]} {address}: the form {form.GetAttribute("action") ?? values.FirstOrDefault(v => v.Key == "_handler").Value} fails with {(int)answer.StatusCode}\n  sent: {string.Join(", ", values.Where(v => !v.Key.StartsWith('_')).Select(v => $"{v.Key}={(v.Value.Length > 60 ? v.Value[..60] : v.Value)}"))}");
                    }
            }

        return faults;
    }

    // Half a pair of surrogates cannot be written into a form.
    private static string Plain(string text) => new([.. text.Where(c => !char.IsSurrogate(c))]);
}
