using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace ServerlessFashion.Client.Requests;

/// <summary>
/// Checks the certificate of a server exactly as the framework does by default: without an error, or not at all. It only keeps the reason,
/// which the framework hides in a text.
/// </summary>
internal static class ServerCertificate
{
    private const X509ChainStatusFlags Expired = X509ChainStatusFlags.NotTimeValid | X509ChainStatusFlags.NotTimeNested;

    private sealed class RefusedCertificateException(string reason) : AuthenticationException(reason);

    /// <exception cref="AuthenticationException">The certificate has an error.</exception>
    public static bool Check(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        errors == SslPolicyErrors.None
            ? true
            : throw new RefusedCertificateException(ReasonOf(errors, chain?.ChainStatus.Aggregate(
                X509ChainStatusFlags.NoError, (all, one) => all | one.Status) ?? X509ChainStatusFlags.NoError));

    /// <summary>Why there is no secure connection, as the end of a sentence without its full stop.</summary>
    public static string Describe(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is RefusedCertificateException refused)
            {
                return refused.Message;
            }
        }

        return "what answers there does not speak TLS; check whether the address begins with http:// instead of https://";
    }

    internal static string ReasonOf(SslPolicyErrors errors, X509ChainStatusFlags chain) => errors switch
    {
        _ when errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) => "the server shows no certificate; check its settings",
        _ when (chain & Expired) != 0 =>
            "its certificate has expired or is not valid yet; renew it, or check the clock of this machine",
        _ when errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) =>
            "its certificate is for another host name; check the address",
        _ when chain.HasFlag(X509ChainStatusFlags.Revoked) => "its certificate has been revoked; do not use this server",
        _ => "no authority that this machine trusts has signed its certificate; check the address, or add the authority to this machine",
    };
}
