using System.ComponentModel.DataAnnotations;

namespace ServerlessFashion.Models;

/// <summary>
/// The constants of Adam (Kingma and Ba 2015). The default values are those of Keras.
/// </summary>
/// <param name="Beta1">Share of the gradient's running mean that a step keeps.</param>
/// <param name="Beta2">Share of the squared gradient's running mean that a step keeps.</param>
/// <param name="Epsilon">What is added to the root of the squared gradient's mean.</param>
public sealed record Adam(
    [property: Range(0d, 1d, MaximumIsExclusive = true)] double Beta1 = .9,
    [property: Range(0d, 1d, MaximumIsExclusive = true)] double Beta2 = .999,
    [property: Range(0d, 1d, MinimumIsExclusive = true)] double Epsilon = 1e-7);
