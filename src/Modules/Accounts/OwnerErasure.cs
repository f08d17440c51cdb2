using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Conflicts;
using Trellis.Accounts.Imports;
using Trellis.Accounts.Merging;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>Takes an owner of accounts and opportunities out: of the records, of what imports remember of their rows, and of what merges can bring back.</summary>
internal sealed class OwnerErasure(Work work, DataSubject subject)
{
    private readonly string _id = subject.Person.ToString();
    private readonly string _mail = subject.Email.ToLowerInvariant();

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var (id, mail, before, after) = (subject.Person, _mail, Text.Fold(subject.Name), Text.Fold(Erasure.Name));
        // An address that was nobody's when it was written stands where the name does.
        var rows = await work.Db.Set<Account>().Where(a => a.OwnerId == id || (a.OwnerId == null && a.OwnerName!.ToLower() == mail)).ExecuteUpdateAsync(s => s.SetProperty(a => a.OwnerName, Erasure.Name).SetProperty(a => a.OwnerId, (PersonId?)null), ct);
        rows += await work.Db.Set<Opportunity>().Where(o => o.OwnerId == id || (o.OwnerId == null && o.OwnerName!.ToLower() == mail))
            .ExecuteUpdateAsync(s => s.SetProperty(o => o.OwnerName, Erasure.Name).SetProperty(o => o.OwnerId, (PersonId?)null).SetProperty(o => o.SearchText, o => o.SearchText.Replace(before, after).Replace(mail, after)), ct);
        return rows + await RowsAsync(ct) + await MergesAsync(ct);
    }

    private async Task<int> RowsAsync(CancellationToken ct)
    {
        var (mail, json, name, encoded, unique, id) = (_mail, Json.Encoded(_mail).ToLowerInvariant(), subject.Name, Json.Encoded(subject.Name), subject.NameIsUnique, _id);
        var found = await work.Db.Set<Finding>().Where(f => f.Written.ToLower() == mail || (unique && f.Written == name)).ExecuteDeleteAsync(ct);
        var rows = await work.Db.Set<ImportRow>().AsNoTracking().Where(r => r.Text.ToLower().Contains(mail) || r.Cells!.ToLower().Contains(json) || r.Before!.Contains(id) || r.Before.ToLower().Contains(json)
            || (unique && (r.Text.Contains(name) || r.Cells.Contains(encoded) || r.Before.Contains(encoded)))).Select(r => new { r.ImportId, r.Number }).ToListAsync(ct);
        foreach (var row in rows)
        {
            var one = work.Db.Set<ImportRow>().Where(r => r.ImportId == row.ImportId && r.Number == row.Number);
            var now = await one.AsNoTracking().Select(r => new { r.Text, r.Cells, r.Before }).SingleAsync(ct);
            var (text, cells, before) = (Plain(now.Text), Without(now.Cells), Without(now.Before));
            await one.ExecuteUpdateAsync(s => s.SetProperty(r => r.Text, text).SetProperty(r => r.Cells, cells).SetProperty(r => r.Before, before), ct);
        }

        return found + rows.Count;
    }

    private async Task<int> MergesAsync(CancellationToken ct)
    {
        var (json, encoded, unique, id) = (Json.Encoded(_mail).ToLowerInvariant(), Json.Encoded(subject.Name), subject.NameIsUnique, _id);
        var merges = await work.Db.Set<AccountMerge>().AsNoTracking().Where(m => m.From.Contains(id) || m.Before.Contains(id) || m.Moved.Contains(id) || m.From.ToLower().Contains(json) || m.Before.ToLower().Contains(json)
            || (unique && (m.From.Contains(encoded) || m.Before.Contains(encoded) || m.Moved.Contains(encoded)))).Select(m => m.Id).ToListAsync(ct);
        foreach (var merge in merges)
        {
            var one = work.Db.Set<AccountMerge>().Where(m => m.Id == merge);
            var now = await one.AsNoTracking().Select(m => new { m.From, m.Before, m.Moved }).SingleAsync(ct);
            var (from, before, moved) = (Without(now.From)!, Without(now.Before)!, Without(now.Moved)!);
            await one.ExecuteUpdateAsync(s => s.SetProperty(m => m.From, from).SetProperty(m => m.Before, before).SetProperty(m => m.Moved, moved), ct);
        }

        return merges.Count;
    }

    /// <summary>The same JSON without the person, in itself and in what it holds as text.</summary>
    internal string? Without(string? json)
    {
        if (json is null) return null;
        var node = JsonNode.Parse(json);
        return Clean(node)?.ToJsonString(Json.Options) ?? json;
    }

    private JsonNode? Clean(JsonNode? node)
    {
        if (node is JsonArray list)
        {
            return new JsonArray([.. list.Select(Clean)]);
        }

        if (node is JsonObject row)
        {
            var owns = row[nameof(Account.OwnerId)]?.ToString() == _id;
            var clean = new JsonObject(row.Select(p => KeyValuePair.Create(p.Key, Clean(p.Value))));
            // A value written by hand, as a merge remembers it.
            if (row[nameof(HandValue.ById)]?.ToString() == _id) (clean[nameof(HandValue.By)], clean[nameof(HandValue.ById)]) = (Erasure.Name, null);
            if (!owns) return clean;
            (clean[nameof(Account.OwnerName)], clean[nameof(Account.OwnerId)]) = (Erasure.Name, null);
            if (clean[nameof(Opportunity.SearchText)] is { } searched) clean[nameof(Opportunity.SearchText)] = searched.ToString().Replace(Text.Fold(subject.Name), Text.Fold(Erasure.Name), StringComparison.Ordinal);
            return clean;
        }

        if (node?.GetValueKind() != JsonValueKind.String) return node?.DeepClone();
        var text = node.GetValue<string>();
        if (text.StartsWith('{') && text.EndsWith('}')) return Without(text);
        return string.Equals(text, _mail, StringComparison.OrdinalIgnoreCase) || (subject.NameIsUnique && text == subject.Name) ? Erasure.Name : Plain(text);
    }

    private string Plain(string text)
    {
        var rest = text.Replace(_mail, Erasure.Name, StringComparison.OrdinalIgnoreCase);
        return subject.NameIsUnique ? Regex.Replace(rest, $@"(?<!\w){Regex.Escape(subject.Name)}(?!\w)", Erasure.Name, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)) : rest;
    }
}
