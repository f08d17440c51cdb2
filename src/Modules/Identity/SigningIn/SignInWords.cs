namespace Trellis.Identity;

/// <summary>How pages speak about signing in.</summary>
internal static class SignInWords
{
    public static string By(ProvedBy by, bool twoFactors) => by switch
    {
        ProvedBy.Password => twoFactors ? "Password and code" : "Password",
        ProvedBy.Link => twoFactors ? "Mailed link and code" : "Mailed link",
        ProvedBy.Passkey => "Passkey",
        _ => "Company sign-in",
    };
}
