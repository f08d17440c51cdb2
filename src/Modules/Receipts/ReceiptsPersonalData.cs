using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Receipts;

/// <summary>The receipts that name a person. The name is forgotten; signature, chain and proof stay valid, because they hold salted commitments only.</summary>
internal sealed class ReceiptsPersonalData(Work work) : IPersonalData
{
    public string Module => "receipts";

    public async Task<IReadOnlyList<PersonalRecords>> ReadAsync(DataSubject subject, CancellationToken ct)
    {
        var receipts = await Naming(subject).AsNoTracking().OrderBy(r => r.Id).Select(r => new { r.Id, r.Kind, r.Subject, r.Title, r.At }).ToListAsync(ct);
        return [new("receipts", [.. receipts])];
    }

    public async Task<int> EraseAsync(DataSubject subject, CancellationToken ct)
    {
        string[] words = subject.NameIsUnique ? [subject.Name, subject.Email] : [subject.Email];
        var receipts = await Naming(subject).ToListAsync(ct);
        foreach (var receipt in receipts) receipt.Forget(words, work.Now);
        return receipts.Count;
    }

    private IQueryable<Receipt> Naming(DataSubject subject)
    {
        var (name, email) = (Encoded(subject.Name), Encoded(subject.Email));
        return subject.NameIsUnique
            ? work.Db.Set<Receipt>().Where(r => r.Personal!.Contains(name) || r.Personal.Contains(email))
            : work.Db.Set<Receipt>().Where(r => r.Personal!.Contains(email));
    }

    // As it stands within the stored JSON.
    private static string Encoded(string word) => JsonSerializer.Serialize(word, Json.Options);
}
