namespace System;

// What the compiler asks for where a pattern names the elements of a list; netstandard2.0 lacks it.
internal readonly struct Index(int value, bool fromEnd = false)
{
    public int GetOffset(int length) => fromEnd ? length - value : value;
}
