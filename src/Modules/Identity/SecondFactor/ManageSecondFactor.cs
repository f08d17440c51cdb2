using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>A secret that was shown, and the first code that the app made of it.</summary>
internal sealed record NewFactor(byte[] Secret, string? Code);

/// <summary>Starts the second factor once the app has proved that it knows the secret. All other sessions end.</summary>
internal sealed class StartSecondFactor(Work work, SecondFactors factors, CurrentSession session, Post post) : UseCase<NewFactor, string[]>(work)
{
    protected override Permission Permission => IdentityPermissions.OwnSignIn;

    protected override async Task<Result<string[]>> HandleAsync(NewFactor input, CancellationToken ct)
    {
        if (session.Session is not { } used || !used.IsFresh(Work.Now)) return IdentitySignInProblems.ConfirmFirst();
        if (Totp.Accept(input.Secret, input.Code, Work.Now, 0) is not { } step) return IdentitySignInProblems.WrongCode();
        var codes = await factors.StartAsync(Work.Actor.Person, input.Secret, step, ct);
        await Db.Set<Session>().Where(s => s.PersonId == Work.Actor.Person && s.Id != used.Id).ExecuteDeleteAsync(ct);
        post.Send(Work.Actor.Email, "A second factor protects your account", $"Hello {Work.Actor.Name},\n\nfrom now on, signing in also asks for a code of your authenticator app. All other sessions have been ended.\n\nIf this was not you, tell your administrator at once.");
        return codes;
    }
}

/// <summary>Makes new recovery codes; the old ones stop working.</summary>
internal sealed class RenewRecoveryCodes(Work work, SecondFactors factors, CurrentSession session) : UseCase<Done, string[]>(work)
{
    protected override Permission Permission => IdentityPermissions.OwnSignIn;

    protected override async Task<Result<string[]>> HandleAsync(Done input, CancellationToken ct)
    {
        if (session.Session is not { } used || !used.IsFresh(Work.Now)) return IdentitySignInProblems.ConfirmFirst();
        if (!await factors.HasAsync(Work.Tenant, Work.Actor.Person, ct)) return Problem.Missing("second factor");
        Work.Note("identity.renew_recovery_codes", "identity_person", Work.Actor.Person.ToString(), new { codes = 10 });
        return await factors.NewCodesAsync(Work.Actor.Person, ct);
    }
}

/// <summary>Ends one's own second factor.</summary>
internal sealed class EndSecondFactor(Work work, SecondFactors factors, CurrentSession session, Post post) : UseCase<Done, Done>(work)
{
    protected override Permission Permission => IdentityPermissions.OwnSignIn;

    protected override async Task<Result<Done>> HandleAsync(Done input, CancellationToken ct)
    {
        if (session.Session is not { } used || !used.IsFresh(Work.Now)) return IdentitySignInProblems.ConfirmFirst();
        if (!await factors.HasAsync(Work.Tenant, Work.Actor.Person, ct)) return Problem.Missing("second factor");
        await factors.EndAsync(Work.Actor.Person, ct);
        Work.Note("identity.end_second_factor", "identity_person", Work.Actor.Person.ToString(), new { by = "the person" });
        post.Send(Work.Actor.Email, "Your second factor has been removed", $"Hello {Work.Actor.Name},\n\nsigning in no longer asks for a code of your authenticator app.\n\nIf this was not you, tell your administrator at once.");
        return default(Done);
    }
}

/// <summary>Takes the second factor and the passkeys of somebody who has lost the telephone, and ends that person's sessions.</summary>
internal sealed class ResetSecondFactor(Work work, SecondFactors factors, CurrentSession session, Post post) : UseCase<PersonId, Done>(work)
{
    protected override Permission Permission => IdentityPermissions.ManageSessions;

    protected override async Task<Result<Done>> HandleAsync(PersonId input, CancellationToken ct)
    {
        if (session.Session is not { } used || !used.IsFresh(Work.Now)) return IdentitySignInProblems.ConfirmFirst();
        if (await Db.Set<Person>().SingleOrDefaultAsync(p => p.Id == input, ct) is not { } person) return Problem.Missing("person");
        await factors.EndAsync(input, ct);
        await Db.Set<Passkey>().Where(k => k.PersonId == input).ExecuteDeleteAsync(ct);
        await Db.Set<Session>().Where(s => s.PersonId == input).ExecuteDeleteAsync(ct);
        person.Stamp = RandomNumberGenerator.GetHexString(16, true);
        Work.Note("identity.reset_second_factor", "identity_person", input.ToString(), new { });
        post.Send(person.Email, "Your second factor has been reset", $"Hello {person.Name},\n\n{Work.Actor.Name} has removed the second factor and the passkeys of your account. Set them up again after you have signed in.");
        return default(Done);
    }
}

/// <summary>Sets what the tenant asks of those who sign in.</summary>
internal sealed class SetSignInPolicy(Work work, CurrentSession session) : UseCase<bool, Done>(work)
{
    protected override Permission Permission => IdentityPermissions.ManageSignIn;

    protected override async Task<Result<Done>> HandleAsync(bool secondFactorForStaff, CancellationToken ct)
    {
        if (session.Session is not { } used || !used.IsFresh(Work.Now)) return IdentitySignInProblems.ConfirmFirst();
        await Work.LockAsync("sign-in-policy", ct);
        var policy = await Db.Set<SignInPolicy>().SingleOrDefaultAsync(ct) ?? Db.Add(new SignInPolicy { TenantId = Work.Tenant }).Entity;
        policy.SecondFactorForStaff = secondFactorForStaff;
        return default(Done);
    }
}
