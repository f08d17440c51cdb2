using Trellis.Kernel.Tests.Trial;

namespace Trellis.Kernel.Tests;

public sealed class MachineTests
{
    [Fact]
    public void A_machine_moves_as_its_table_says_and_refuses_all_else()
    {
        foreach (var state in Enum.GetValues<ThingState>())
        {
            foreach (var trigger in Enum.GetValues<ThingTrigger>())
            {
                var row = Thing.Life.Rows.Where(r => r.From == state && r.On == trigger).ToList();
                var next = Thing.Life.Next(state, trigger);
                next.Ok.ShouldBe(row.Count == 1);
                Thing.Life.Allows(state, trigger).ShouldBe(next.Ok);
                Thing.Life.Allowed(state).Contains(trigger).ShouldBe(next.Ok);
                if (next.Ok) next.Value.ShouldBe(row[0].To);
                else next.Problem.Kind.ShouldBe(ProblemKind.Conflict);
            }
        }
    }

    [Fact]
    public void A_refused_move_names_the_state_and_what_is_possible_instead()
    {
        var problem = Thing.Life.Next(ThingState.Polished, ThingTrigger.Polish).Problem.ShouldNotBeNull();
        problem.Code.ShouldBe("trial.not_allowed");
        problem.Status.ShouldBe(409);
        problem.Facts["state"].ShouldBe("polished");
        problem.Facts["allowed"].ShouldBe(new[] { "break" });
    }

    [Fact]
    public void A_table_with_two_answers_to_one_question_is_a_bug() =>
        Should.Throw<ArgumentException>(() => new Machine<ThingState, ThingTrigger>("twice", (ThingState.Raw, ThingTrigger.Break, ThingState.Broken), (ThingState.Raw, ThingTrigger.Break, ThingState.Polished)));

    [Fact]
    public void The_diagram_is_drawn_from_the_table() =>
        Thing.Life.Diagram().ShouldBe("stateDiagram-v2\n    raw --> polished: polish\n    raw --> broken: break\n    polished --> broken: break\n    broken --> [*]\n");
}

public sealed class CheckTests
{
    [Fact]
    public void All_broken_rules_are_told_at_once_each_at_its_field()
    {
        var problem = new Check().Text(" ", "name", "The name").Text(new string('x', 11), "city", "The city", 10).Text("a\0", "note", "The note").That(false, "name", "Twice.").Problem.ShouldNotBeNull();
        problem.Status.ShouldBe(422);
        problem.Errors["name"].ShouldBe(["The name is needed.", "Twice."]);
        problem.Errors["city"].ShouldBe(["The city may have at most 10 characters."]);
        problem.Errors["note"].Length.ShouldBe(1);
    }

    [Fact]
    public void What_is_not_required_may_be_left_out()
    {
        new Check().Text(null, "name", "The name", required: false).Text("", "name", "The name", required: false).Text("Ada", "name", "The name").Problem.ShouldBeNull();
    }

    [Fact]
    public void Asking_a_refusal_for_its_value_is_a_bug()
    {
        Result<int> refused = Problem.Missing("thing");
        refused.Ok.ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => refused.Value);
        refused.Then<string>(_ => "never").Problem.ShouldBe(refused.Problem);
        ((Result<int>)3).Then<int>(v => v + 1).Value.ShouldBe(4);
    }

    [Theory]
    [InlineData(ProblemKind.Invalid, 422), InlineData(ProblemKind.Denied, 403), InlineData(ProblemKind.Missing, 404), InlineData(ProblemKind.Conflict, 409), InlineData(ProblemKind.Stale, 412), InlineData(ProblemKind.Busy, 503)]
    public void Each_kind_of_problem_has_its_status(ProblemKind kind, int status) => new Problem(kind, "x", "y").Status.ShouldBe(status);
}
