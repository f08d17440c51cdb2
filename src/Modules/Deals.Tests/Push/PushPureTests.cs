using Trellis.Deals.Handovers.Push;

namespace Trellis.Deals.Tests.Push;

/// <summary>What answers mean, when it is asked again, and how messages are signed.</summary>
public sealed class PushPureTests
{
    [Theory]
    [InlineData(null, "Later"), InlineData(200, "Taken"), InlineData(204, "Taken"), InlineData(301, "Refused"), InlineData(400, "Refused"), InlineData(401, "Refused"), InlineData(404, "Refused"), InlineData(408, "Later"), InlineData(429, "Later"), InlineData(500, "Later"), InlineData(503, "Later")]
    public void An_answer_means_taken_refused_or_later(int? status, string outcome) => PushRules.Judge(status).ToString().ShouldBe(outcome);

    [Fact]
    public void Pauses_double_up_to_an_hour_and_heed_what_the_other_system_asks_for()
    {
        new[] { 1, 2, 3, 6, 7, 8, 24 }.Select(n => PushRules.Pause(n, null).TotalMinutes).ShouldBe([1, 2, 4, 32, 60, 60, 60]);
        PushRules.Pause(1, TimeSpan.FromMinutes(30)).TotalMinutes.ShouldBe(30);
        PushRules.Pause(1, TimeSpan.FromDays(3)).TotalMinutes.ShouldBe(60);
        PushRules.Pause(4, TimeSpan.FromSeconds(1)).TotalMinutes.ShouldBe(8);
    }

    [Fact]
    public void Signatures_are_those_of_the_published_specification() =>
        PushSecrets.Signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}"""u8.ToArray()).ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}
