using System.Text.Json;

namespace Trellis.Kernel.Tests;

public sealed class IdsTests
{
    private static readonly DateTime At = new(2026, 5, 1, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void An_id_goes_through_text_and_json_and_back()
    {
        var id = Ids.New<PersonId>(At);
        Ids.Parse<PersonId>(id.ToString()).ShouldBe(id);
        JsonSerializer.Deserialize<PersonId>(JsonSerializer.Serialize(id, Json.Options), Json.Options).ShouldBe(id);
        JsonSerializer.Serialize(new Dictionary<PersonId, int> { [id] = 1 }, Json.Options).ShouldBe($$"""{"{{id}}":1}""");
        JsonSerializer.Deserialize<PersonId?>("null", Json.Options).ShouldBeNull();
        id.ToString().ShouldMatch("^per_[0-9a-f]{32}$");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("per_")]
    [InlineData("per_0190000000007000800000000000000")]
    [InlineData("per_019000000000700080000000000000001")]
    [InlineData("par_01900000000070008000000000000001")]
    [InlineData("per-01900000000070008000000000000001")]
    [InlineData("per_0190000000007000800000000000000g")]
    [InlineData("per_01900000-0000-7000-8000-00000000")]
    [InlineData("per_ 1900000000070008000000000000001")]
    [InlineData("01900000000070008000000000000001")]
    public void Malformed_text_names_nothing(string? text)
    {
        Ids.TryParse<PersonId>(text, out var id).ShouldBeTrue();
        id.ShouldBe(default);
        Ids.Parse<PersonId>(text).ShouldBeNull();
    }

    [Theory]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("true")]
    public void Json_that_is_no_text_is_no_id(string json) => Should.Throw<JsonException>(() => JsonSerializer.Deserialize<PersonId>(json, Json.Options));

    [Fact]
    public void Ids_follow_the_time_and_within_one_instant_the_order_in_which_they_were_made()
    {
        var ids = Enumerable.Range(0, 5000).Select(_ => Ids.New<PersonId>(At).Value).ToList();
        ids.ShouldBe(ids.Order());
        ids.Distinct().Count().ShouldBe(ids.Count);
        Ids.New<PersonId>(At.AddMilliseconds(1)).Value.ShouldBeGreaterThan(ids[^1]);
        Ids.New<PersonId>(At.AddMilliseconds(-1)).Value.ShouldBeLessThan(ids[0]);
        ids.ShouldAllBe(i => i.Version == 7 && (i.Variant & 0xc) == 8);
    }

    [Fact]
    public void Ids_made_at_once_are_all_different()
    {
        var ids = new System.Collections.Concurrent.ConcurrentBag<Guid>();
        Parallel.For(0, 20_000, _ => ids.Add(Ids.New<PersonId>(At).Value));
        ids.Distinct().Count().ShouldBe(20_000);
    }
}
