using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Trellis.Compute.Intersection;

/// <summary>
/// Stretches 512 seeds to 512 columns of random bits (AES-128 in counter mode) and turns them into rows: the matrix of the oblivious transfer extension of Ishai, Kilian, Nissim and Petrank (2003).
/// </summary>
internal static class OtColumns
{
    public const int Width = 512;
    private const int Chunk = 1 << 14; // rows a task makes at a time; a multiple of 512

    /// <summary>Writes the rows of one set of columns, or of the sum of two, to a table.</summary>
    public static void Rows(byte[][] seeds, RowTable into, PsiOptions options, bool add = false)
    {
        var chunks = (into.Rows + Chunk - 1) / Chunk;
        Parallel.For(0, chunks, new ParallelOptions { MaxDegreeOfParallelism = options.Threads > 0 ? options.Threads : Environment.ProcessorCount, CancellationToken = options.Cancellation },
            () => new Columns(seeds), (chunk, _, columns) =>
            {
                columns.Make(chunk);
                for (var row = 0; row < Chunk; row += 512) columns.Turn(row, into, chunk * Chunk + row, add);
                return columns;
            }, columns => columns.Dispose());
    }

    private sealed class Columns : IDisposable
    {
        private readonly Aes[] _ciphers;
        private readonly byte[] _counters = new byte[Chunk / 8];
        private readonly byte[] _bits = new byte[Width * (Chunk / 8)];

        public Columns(byte[][] seeds)
        {
            _ciphers = new Aes[Width];
            for (var j = 0; j < Width; j++)
            {
                _ciphers[j] = Aes.Create();
                _ciphers[j].Key = seeds[j];
            }
        }

        public void Make(int chunk)
        {
            for (var i = 0; i < _counters.Length; i += 16) BinaryPrimitives.WriteInt64LittleEndian(_counters.AsSpan(i), (long)chunk * (Chunk / 128) + i / 16);
            for (var j = 0; j < Width; j++) _ciphers[j].EncryptEcb(_counters, _bits.AsSpan(j * (Chunk / 8), Chunk / 8), PaddingMode.None);
        }

        /// <summary>Transposes 512 columns × 512 rows, 64 columns at a time with one row group in each lane.</summary>
        [SkipLocalsInit]
        public void Turn(int row, RowTable into, int at, bool add)
        {
            var count = Math.Min(512, into.Rows - at);
            if (count <= 0) return;
            Span<Vector512<ulong>> m = stackalloc Vector512<ulong>[64];
            Span<ulong> lanes = MemoryMarshal.Cast<Vector512<ulong>, ulong>(m);
            var target = MemoryMarshal.Cast<byte, ulong>(into.Bytes);
            for (var group = 0; group < 8; group++)
            {
                for (var j = 0; j < 64; j++) m[j] = Unsafe.ReadUnaligned<Vector512<ulong>>(ref _bits[(group * 64 + j) * (Chunk / 8) + row / 8]);
                Transpose(m);
                for (var r = 0; r < 64; r++)
                    for (var lane = 0; lane < 8; lane++)
                    {
                        var index = lane * 64 + r;
                        if (index >= count) continue;
                        ref var word = ref target[(at + index) * 8 + group];
                        word = add ? word ^ lanes[r * 8 + lane] : lanes[r * 8 + lane];
                    }
            }
        }

        // In each lane a 64 × 64 bit matrix (Warren, "Hacker's Delight", 2nd edition, §7–3), eight at once.
        private static void Transpose(Span<Vector512<ulong>> m)
        {
            var mask = 0x00000000FFFFFFFFUL;
            for (var j = 32; j != 0; j >>= 1, mask ^= mask << j)
            {
                var low = Vector512.Create(mask);
                for (var k = 0; k < 64; k = k + j + 1 & ~j)
                {
                    var t = (m[k] >> j ^ m[k + j]) & low;
                    m[k + j] ^= t;
                    m[k] ^= t << j;
                }
            }
        }

        public void Dispose()
        {
            foreach (var cipher in _ciphers) cipher.Dispose();
        }
    }
}
