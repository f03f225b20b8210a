namespace ServerlessFashion.Storage.Requests;

/// <summary>The cause of a failed request to the storage account.</summary>
public enum StorageFailureKind
{
    /// <summary>No answer arrived: no connection, no such host, a connection that was cut off, or a time limit.</summary>
    Unreachable,

    /// <summary>The account throttles or is overloaded (429 or 503).</summary>
    Busy,

    /// <summary>The account failed (another status from 500 on).</summary>
    Broken,

    /// <summary>The signature of the request was refused (403).</summary>
    WrongKey,

    /// <summary>The identity lacks a role (403).</summary>
    NoRights,

    /// <summary>
    /// The account refuses everything from this machine (403 <c>AuthorizationFailure</c>): its network rules do not allow it. The
    /// emulator answers the same to a wrong key.
    /// </summary>
    Blocked,

    /// <summary>No identity signs in, or its token was refused (401).</summary>
    NoIdentity,

    /// <summary>The account refused the request for another reason.</summary>
    Refused,
}
