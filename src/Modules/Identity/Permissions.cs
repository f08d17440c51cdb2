using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Trellis.Kernel;

namespace Trellis.Identity;

internal sealed record PermissionRequirement(string Code) : IAuthorizationRequirement;

/// <summary>Makes a policy of each permission that a page or route names; a name that no module declares is a bug and fails at once.</summary>
internal sealed class PermissionPolicies(IOptions<AuthorizationOptions> options, Manifest manifest) : DefaultAuthorizationPolicyProvider(options)
{
    private readonly Dictionary<string, AuthorizationPolicy> _policies = manifest.Permissions.ToDictionary(
        p => RequiresAttribute.PolicyPrefix + p.Code,
        p => new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new PermissionRequirement(p.Code)).Build());

    public override Task<AuthorizationPolicy?> GetPolicyAsync(string name) =>
        name.StartsWith(RequiresAttribute.PolicyPrefix, StringComparison.Ordinal)
            ? Task.FromResult<AuthorizationPolicy?>(_policies.GetValueOrDefault(name) ?? throw new InvalidOperationException($"No module declares the permission {name}."))
            : base.GetPolicyAsync(name);
}

internal sealed class PermissionHandler(CurrentActor current) : AuthorizationHandler<PermissionRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        if (current.Actor.Permissions.Contains(requirement.Code)) context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
