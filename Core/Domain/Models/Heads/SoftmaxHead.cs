using System.Text.Json.Serialization;
using ServerlessFashion.Data;

namespace ServerlessFashion.Models;

/// <summary>One output per label. Their softmax gives the probabilities.</summary>
public sealed record SoftmaxHead : Head
{
    public override int OutputsFor(ClassLabels labels) => labels.Count;

    public override TResult Accept<TResult>(IHeadVisitor<TResult> visitor) => visitor.Visit(this);
}

[JsonDerivedType(typeof(SoftmaxHead), "softmax")]
public abstract partial record Head;

public partial interface IHeadVisitor<TResult>
{
    TResult Visit(SoftmaxHead head);
}
