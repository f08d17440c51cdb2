using System.IO.Compression;
using System.Text.Json;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Hands out a person's data as JSON files in a zip. Everybody may have their own.</summary>
internal sealed class ExportPersonalData(Work work, DataSubjects subjects, IEnumerable<IPersonalData> modules) : UseCase<PersonId, PersonalFile>(work)
{
    private static readonly JsonSerializerOptions Readable = new(Json.Options) { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    protected override Permission Permission => IdentityPermissions.UseTokens;

    protected override async Task<Result<PersonalFile>> HandleAsync(PersonId person, CancellationToken ct)
    {
        if (person != Work.Actor.Person && !Work.Actor.May(IdentityPermissions.HandlePersonalData)) return Problem.Missing("person");
        if (await subjects.FindAsync(person, ct) is not { } subject) return Problem.Missing("person");
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            var counts = new List<string>();
            foreach (var module in modules)
            {
                foreach (var records in (await module.ReadAsync(subject, ct)).Concat(await module.Named.ReadAsync(subject, Db, ct)))
                {
                    counts.Add($"{module.Module}/{records.Kind}.json: {records.Rows.Count}");
                    await WriteAsync(zip, $"{module.Module}/{records.Kind}.json", JsonSerializer.SerializeToUtf8Bytes(records.Rows, Readable), ct);
                }
            }

            var about = $"What {Work.Actor.TenantName} keeps about {subject.Name} <{subject.Email}>, {Work.Now:yyyy-MM-dd HH:mm} UTC.\nFile: number of records\n\n{string.Join('\n', counts)}\n";
            await WriteAsync(zip, "about.txt", System.Text.Encoding.UTF8.GetBytes(about), ct);
        }

        Work.Note("identity.export_personal_data", "identity_person", person.ToString(), new { bytes = buffer.Length });
        return new PersonalFile($"personal-data-{Work.Today:yyyy-MM-dd}.zip", buffer.ToArray());
    }

    private static async Task WriteAsync(ZipArchive zip, string name, byte[] content, CancellationToken ct)
    {
        await using var file = await zip.CreateEntry(name).OpenAsync(ct);
        await file.WriteAsync(content, ct);
    }
}
