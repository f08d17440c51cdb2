using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace Trellis.Identity;

internal static class SigningInServices
{
    public static void AddSigningIn(this IServiceCollection services)
    {
        services.AddScoped<CurrentSession>();
        services.AddScoped<OpenSessions>();
        services.AddScoped<Attempts>();
        services.AddScoped<Entrance>();
        services.AddScoped<Confirm>();
        services.AddScoped<PasswordStore>();
        services.AddScoped<ChangePassword>();
        services.AddScoped<ResetPassword>();
        services.AddScoped<EndOwnSession>();
        services.AddScoped<EndSession>();
        services.AddScoped<SecondFactors>();
        services.AddScoped<SecondStep>();
        services.AddScoped<StartSecondFactor>();
        services.AddScoped<RenewRecoveryCodes>();
        services.AddScoped<EndSecondFactor>();
        services.AddScoped<ResetSecondFactor>();
        services.AddScoped<SetSignInPolicy>();
        services.AddScoped<PasskeyDoor>();
        services.AddScoped<AddPasskey>();
        services.AddScoped<RenamePasskey>();
        services.AddScoped<RemovePasskey>();
        services.AddScoped<TidySignIn>();
        services.AddCompanySignIn();
        services.AddScoped<IAuthorizationHandler, ConfirmedLatelyHandler>();
        services.AddAuthorizationBuilder().AddPolicy(Confirmation.Policy, p => p.RequireAuthenticatedUser().AddRequirements(new ConfirmedLately()));
    }
}
