namespace ServerlessFashion.Core.Tests;

public class T { [Fact] public void Sum_OneAndOne_IsTwo() => Assert.Equal(2, 1 + 1); }
