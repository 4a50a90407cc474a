namespace AgentLift.Generators.LazyDependencies;

/// <summary>Writes the delegate that calls a load method.</summary>
internal static class LoadDelegate
{
    /// <param name="method">The name of the method.</param>
    /// <param name="takesToken">Whether it takes a <c>CancellationToken</c>, and not nothing.</param>
    /// <param name="task">What kind of task it gives; <see langword="null"/> where it gives the value at once.</param>
    /// <param name="isExact">Whether it gives just the type of the member, and not one that converts to it.</param>
    public static string Of(string method, bool takesToken, LazyForm? task, bool isExact)
    {
        var name = CSharpNames.Identifier(method);
        var (parameter, call) = takesToken ? ("token", $"{name}(token)") : ("_", $"{name}()");
        return task switch
        {
            null => $"{parameter} => new({call})",
            LazyForm.ValueTask when isExact => takesToken ? name : $"_ => {call}",
            _ when isExact => $"{parameter} => new({call})",
            _ => $"async {parameter} => await {call}.ConfigureAwait(false)",
        };
    }
}
