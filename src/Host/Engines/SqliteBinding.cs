using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Trellis.Host.Engines;

/// <summary>
/// Binds EF Core's SQLite provider to the SQLitePCLRaw that can be restored and to the system's SQLite library. The bundled library is too old:
/// before 3.38 the JSON operators that EF Core writes do not exist.
/// </summary>
internal static class SqliteBinding
{
    public static readonly Version Oldest = new(3, 38);

    [ModuleInitializer]
    internal static void Initialise()
    {
        AssemblyLoadContext.Default.Resolving += (_, name) => name.Name == "SQLitePCLRaw.core" ? Core() : null;
        Bind();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static System.Reflection.Assembly Core() => typeof(SQLitePCL.raw).Assembly;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Bind()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly, (name, _, _) => name == "e_sqlite3" ? Find() : 0);
        SQLitePCL.raw.SetProvider(new SQLitePCL.SQLite3Provider_e_sqlite3());
        // No connection is ever used by two threads at once, and nobody asks how much memory the library has taken: locks for both are spared.
        SQLitePCL.raw.sqlite3_config(SQLitePCL.raw.SQLITE_CONFIG_MULTITHREAD);
        SQLitePCL.raw.sqlite3_config(SQLitePCL.raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    private static nint Find()
    {
        foreach (var file in new[] { "libsqlite3.so.0", "libsqlite3.so", "libsqlite3.dylib", "winsqlite3.dll" })
        {
            if (NativeLibrary.TryLoad(file, out var handle) && VersionOf(handle) >= Oldest) return handle;
        }

        throw new DllNotFoundException($"Trellis needs SQLite {Oldest} or newer as a system library (on Debian: apt-get install libsqlite3-0).");
    }

    private static unsafe Version VersionOf(nint handle)
    {
        if (!NativeLibrary.TryGetExport(handle, "sqlite3_libversion_number", out var address)) return new Version(0, 0);
        var number = ((delegate* unmanaged<int>)address)();
        return new Version(number / 1_000_000, number / 1000 % 1000, number % 1000);
    }
}
