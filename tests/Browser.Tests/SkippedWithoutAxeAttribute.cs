using System.Reflection;
using Xunit.v3;

namespace ServerlessFashion.Browser.Tests;

/// <summary>
/// A test that found nothing, but could not ask axe-core, is skipped and says so. It is skipped at its end, so that it fails where
/// anything else is wrong.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class SkippedWithoutAxeAttribute : BeforeAfterTestAttribute
{
    public override void After(MethodInfo methodUnderTest, IXunitTest test) => Assert.SkipWhen(
        Axe.TakeMissed(test), "All but the rules of axe-core is checked: axe-core is not installed; run `npm ci`.");
}
