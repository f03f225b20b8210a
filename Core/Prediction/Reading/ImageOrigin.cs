namespace ServerlessFashion.Prediction.Reading;

/// <summary>Where the grey values of an image come from.</summary>
public enum ImageOrigin
{
    /// <summary>Numbers of a table or an array.</summary>
    Values,

    /// <summary>A picture that was taken as it is.</summary>
    Picture,

    /// <summary>
    /// A picture that was prepared as the images of the data set were. For Fashion-MNIST, it was negated where its background was light.
    /// </summary>
    PreparedPicture,
}
