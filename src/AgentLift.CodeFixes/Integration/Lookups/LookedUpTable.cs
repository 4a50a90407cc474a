using AgentLift.CodeFixes.CoreLogic.Waiting;
using AgentLift.Core.Obstacles.Addresses;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Integration.Lookups;

/// <summary>A table of addresses whose look-ups can all await.</summary>
/// <param name="Table">The table.</param>
/// <param name="Lookups">The look-ups.</param>
/// <param name="Tokens">What must be handed down so that each has a token.</param>
internal sealed record LookedUpTable(AddressTable Table, IReadOnlyList<Lookup> Lookups, HandedTokens Tokens);

/// <summary>One look-up.</summary>
/// <param name="Use">The place.</param>
/// <param name="Way">The functions that must be asynchronous for it.</param>
/// <param name="Token">The token there.</param>
/// <param name="Split">How the place parts into names and addresses; <see langword="null"/> where it looks one name up by the index.</param>
internal sealed record Lookup(AddressUse Use, AsyncSpread.Way Way, string Token, SplitLookup? Split);

/// <summary>Tokens that are handed down to functions that had none.</summary>
/// <param name="Parameters">Methods that get a parameter, and its name.</param>
/// <param name="Lambdas">Lambdas that name the token that they were given and did not use, and its name.</param>
/// <param name="Answers">What answers an endpoint at once and is to wait, and the name of the token that the endpoint gives it.</param>
/// <param name="Calls">The calls that hand a token on, and its name there.</param>
internal sealed record HandedTokens(Dictionary<MethodDeclarationSyntax, string> Parameters, Dictionary<ParameterSyntax, string> Lambdas, Dictionary<ExpressionSyntax, string> Answers, Dictionary<InvocationExpressionSyntax, string> Calls);
