using Microsoft.AspNetCore.Http;
using Trellis.Deals.Rules;
using Trellis.Kernel;

namespace Trellis.Deals.Web;

/// <summary>Rules from a file that somebody uploads: our text, or DMN where it begins with an angle bracket.</summary>
internal static class RuleUpload
{
    /// <summary>The rules; null where no file was chosen.</summary>
    public static async Task<Result<RuleSetText?>> ReadAsync(Work work, IFormFile? file, CancellationToken ct)
    {
        if (file is null or { Length: 0 }) return (RuleSetText?)null;
        if (file.Length > RulesProblems.LongestContent) return RulesProblems.TooLarge();
        using var reader = new StreamReader(file.OpenReadStream());
        var read = await ReadAsync(work, await reader.ReadToEndAsync(ct), ct);
        if (read.Ok) return read.Value;
        // Every message stands at the one field that there is.
        return Problem.Invalid(new Dictionary<string, string[]> { ["file"] = [.. read.Problem.Errors.SelectMany(e => e.Value)] });
    }

    public static async Task<Result<RuleSetText>> ReadAsync(Work work, string text, CancellationToken ct)
    {
        if (!text.AsSpan().TrimStart('\ufeff').TrimStart().StartsWith("<")) return RuleFileReader.Read(text);
        return DmnReader.Read(text.TrimStart('\ufeff').TrimStart(), RuleSetText.FromJson((await RuleBook.NewestAsync(work, ct)).Content));
    }
}
