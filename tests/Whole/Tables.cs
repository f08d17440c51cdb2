using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Trellis.Whole.Tests;

/// <summary>A digest of what stands in each table, whatever the order of its rows.</summary>
internal static class Tables
{
    // A refusal is written down, by design; a session remembers every few minutes when it was last used; and opening a thing marks the news of it as read (`Bell`).
    private static readonly string[] MayGrow = ["kernel_audit", "identity_session", "notifications_notification"];

    public static Task<List<string>> DigestAsync(Cast cast) => cast.AsAsync(cast.Administrator.Actor!, async db =>
    {
        var digests = new List<string>();
        await db.Database.OpenConnectionAsync();
        foreach (var table in db.Model.GetEntityTypes().Select(e => e.GetTableName()).OfType<string>().Distinct().Except(MayGrow).Order())
            digests.Add($"{table}: {await DigestAsync(db.Database.GetDbConnection(), table)}");
        return digests;
    });

    private static async Task<string> DigestAsync(DbConnection connection, string table)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM \"{table}\"";
        await using var reader = await command.ExecuteReaderAsync();
        var sum = new byte[8];
        var (rows, values) = (0L, new object[reader.FieldCount]);
        var total = 0UL;
        while (await reader.ReadAsync())
        {
            reader.GetValues(values);
            var row = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', values.Select(v => v is byte[] bytes ? Convert.ToHexString(bytes) : v.ToString()))));
            row.AsSpan(0, 8).CopyTo(sum);
            total = unchecked(total + BitConverter.ToUInt64(sum));
            rows++;
        }

        return $"{rows} rows, {total:x16}";
    }
}
