using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Certifications;

/// <summary>What shall become of a certification.</summary>
internal sealed record CertificationAnswer(CertificationId Certification, CertificationTrigger? On, string? Reason = null, long? Version = null);

/// <summary>The vendor confirms or refuses a claim, or revokes what was confirmed; a no is explained.</summary>
internal sealed class DecideCertification(Work work) : UseCase<CertificationAnswer, CertificationState>(work)
{
    protected override Permission Permission => CertificationPermissions.Certify;

    protected override async Task<Result<CertificationState>> HandleAsync(CertificationAnswer input, CancellationToken ct)
    {
        var certification = await Db.Set<Certification>().SingleOrDefaultAsync(c => c.Id == input.Certification, ct);
        if (certification is null) return Problem.Missing("certification");
        if (input.Version is { } seen && seen != certification.Version) return Problem.Stale();
        if (input.On is not { } on) return Problem.Invalid("on", "Choose what should happen.");
        if (new Check().Text(input.Reason, "reason", "The reason", 500, required: on != CertificationTrigger.Confirm).Problem is { } problem) return problem;
        return certification.Move(Work, on, Text.OrNull(input.Reason));
    }
}
