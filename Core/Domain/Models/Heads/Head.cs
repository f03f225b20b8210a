using System.Text.Json.Serialization;
using ServerlessFashion.Data;

namespace ServerlessFashion.Models;

/// <summary>
/// The meaning of the final classifier's outputs. It determines how they become the probabilities of the labels. A head owns its
/// JSON kind, its outputs, its layer and the facts below. A file with a new head adds its own
/// <see cref="JsonDerivedTypeAttribute"/> to this record and its own method to <see cref="IHeadVisitor{TResult}"/>; the compiler
/// then asks how it is trained.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
public abstract partial record Head
{
    /// <summary>The layer behind the classifier, which gives the logits of the labels; null where the outputs are the logits.</summary>
    public virtual Layer? Layer => null;

    /// <summary>Training uses more than the labels of the run. The default value is false.</summary>
    public virtual bool UsesSideInformation => false;

    /// <summary>The training loss is that of the run's labels, so that their classes can be weighted. The default value is true.</summary>
    public virtual bool LearnsLabels => true;

    /// <summary>The layer is given the brightness of the image as it was before any augmentation. The default value is false.</summary>
    public virtual bool ReadsBrightness => false;

    /// <summary>
    /// The outputs of the classifier are the logits of the ten garments, so that a prediction can name the garment too. The default
    /// value is false.
    /// </summary>
    public virtual bool NamesGarments => false;

    /// <summary>Number of outputs of the classifier.</summary>
    public abstract int OutputsFor(ClassLabels labels);

    /// <summary>Calls the visitor's method for this kind of head.</summary>
    public abstract TResult Accept<TResult>(IHeadVisitor<TResult> visitor);

    /// <summary>
    /// Returns the head for these labels: itself, or <see cref="SoftmaxHead"/> if the head uses a rule that the labels do not follow.
    /// </summary>
    public Head For(ClassLabels labels) => Suits(labels) ? this : new SoftmaxHead();

    /// <summary>Whether the head can give these labels. The default value is true.</summary>
    protected virtual bool Suits(ClassLabels labels) => true;
}

/// <summary>What a program does for each kind of head: one method a kind, declared in the file of the kind.</summary>
public partial interface IHeadVisitor<TResult>;
