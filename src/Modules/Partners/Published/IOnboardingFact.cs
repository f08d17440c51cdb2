using Trellis.Kernel;

namespace Trellis.Partners.Published;

/// <summary>A plug: something that has happened, by which a line of the onboarding checklist is done by itself. Register it as a scoped service.</summary>
public interface IOnboardingFact
{
    /// <summary>A stable code such as <c>first_registration</c>, by which lines of the list name it.</summary>
    string Code { get; }

    /// <summary>What has happened then, in one sentence without its full stop.</summary>
    string Text { get; }

    /// <summary>Those of these partners, at most a page of them, at whom it has happened.</summary>
    Task<IReadOnlySet<PartnerId>> AmongAsync(IReadOnlyCollection<PartnerId> partners, CancellationToken ct);
}
