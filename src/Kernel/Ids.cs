using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trellis.Kernel;

/// <summary>An identifier whose type says what it names, over a UUIDv7.</summary>
public interface ITypedId
{
    /// <summary>The UUID as it is stored.</summary>
    Guid Value { get; }
}

/// <summary>A typed identifier with its text prefix, for example <c>deal_0199…</c>.</summary>
/// <typeparam name="TSelf">The identifier itself.</typeparam>
public interface ITypedId<TSelf> : ITypedId where TSelf : struct, ITypedId<TSelf>
{
    /// <summary>The part of the text form before the underscore.</summary>
    static abstract string Prefix { get; }

    /// <summary>Wraps a stored UUID.</summary>
    static abstract TSelf From(Guid value);
}

/// <summary>Making, printing and reading typed identifiers.</summary>
public static class Ids
{
    // Starts anywhere, so that it tells nobody how many there are.
    private static int _sequence = RandomNumberGenerator.GetInt32(int.MaxValue);

    /// <summary>
    /// A new identifier whose order follows <paramref name="at"/>, and within one millisecond the order of making: UUIDv7 with a counter of 26 bits
    /// after the time and 48 random bits behind it (RFC 9562, section 6.2, method 1). Histories and deliveries depend on that order.
    /// </summary>
    public static T New<T>(DateTime at) where T : struct, ITypedId<T>
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc))).TryWriteBytes(bytes, true, out _);
        var counter = Interlocked.Increment(ref _sequence) & 0x3ff_ffff;
        bytes[6] = (byte)(0x70 | (counter >> 22));
        bytes[7] = (byte)(counter >> 14);
        bytes[8] = (byte)(0x80 | ((counter >> 8) & 0x3f));
        bytes[9] = (byte)counter;
        return T.From(new Guid(bytes, true));
    }

    /// <summary>When an identifier of <see cref="New{T}"/> was made, in UTC, to the millisecond.</summary>
    public static DateTime MadeAt<T>(T id) where T : struct, ITypedId<T>
    {
        Span<byte> bytes = stackalloc byte[16];
        id.Value.TryWriteBytes(bytes, true, out _);
        return DateTime.UnixEpoch.AddMilliseconds(((long)BinaryPrimitives.ReadUInt32BigEndian(bytes) << 16) | BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]));
    }

    /// <summary>The text form: prefix, underscore, 32 hexadecimal digits.</summary>
    public static string Text<T>(T id) where T : struct, ITypedId<T> => $"{T.Prefix}_{id.Value:N}";

    /// <summary>
    /// Reads the text form. Always succeeds: text that is no identifier becomes the identifier that names nothing, so that a malformed,
    /// an absent and a foreign identifier all end in the same "not found".
    /// </summary>
    public static bool TryParse<T>(string? text, out T id) where T : struct, ITypedId<T>
    {
        var prefix = T.Prefix.Length + 1;
        id = text is not null && text.Length == prefix + 32 && text[prefix - 1] == '_'
            && text.StartsWith(T.Prefix, StringComparison.Ordinal)
            && Guid.TryParseExact(text.AsSpan(prefix), "N", out var value)
            ? T.From(value)
            : default;
        return true;
    }

    /// <summary>Reads the text form, or null where the text is empty or names nothing.</summary>
    public static T? Parse<T>(string? text) where T : struct, ITypedId<T> =>
        Understood.Note(text, TryParse<T>(text, out var id) && id.Value != Guid.Empty ? id : (T?)null);

    /// <summary>Order of two identifiers; expression trees name it so that a database can compare them.</summary>
    public static bool After<T>(T left, T right) where T : struct, ITypedId => left.Value.CompareTo(right.Value) > 0;
}

/// <summary>Names a tenant: one company that runs its partner program here.</summary>
public readonly record struct TenantId(Guid Value) : ITypedId<TenantId>
{
    public static string Prefix => "tnt";
    public static TenantId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out TenantId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>Names a person who signs in, of the vendor or of partners.</summary>
public readonly record struct PersonId(Guid Value) : ITypedId<PersonId>
{
    public static string Prefix => "per";
    public static PersonId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out PersonId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>Names a partner organisation. It stands in the kernel because it limits what a portal actor may see.</summary>
public readonly record struct PartnerId(Guid Value) : ITypedId<PartnerId>
{
    public static string Prefix => "par";
    public static PartnerId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out PartnerId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>Reads and writes typed identifiers in JSON as their text form.</summary>
public sealed class TypedIdJson : JsonConverterFactory
{
    public override bool CanConvert(Type type) => type.IsValueType && typeof(ITypedId).IsAssignableFrom(type);

    public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(type))!;

    private sealed class Converter<T> : JsonConverter<T> where T : struct, ITypedId<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && Ids.TryParse<T>(reader.GetString(), out var id) ? id : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Ids.Text(value));

        public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            Ids.TryParse<T>(reader.GetString(), out var id) ? id : default;

        public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WritePropertyName(Ids.Text(value));
    }
}
