using Trellis.Kernel;

namespace Trellis.Identity.Published;

/// <summary>What is offered on the sign-in page to whoever has no account. The texts are English templates of the catalogues.</summary>
public sealed record SignInOffer(string Title, string Text, string Href, string Action);

/// <summary>A plug: what a company offers strangers beside its sign-in. It may not use the model of the database, which is still being built when the first page of a start is asked for.</summary>
public interface ISignInOffer
{
    /// <summary>The offer of this tenant, whose page the visitor sees; null for none.</summary>
    SignInOffer? Of(TenantId tenant);
}
