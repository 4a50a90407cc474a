namespace AgentLift.Samples.Tests;

/// <summary>What tutors are asked, by what it is about. Where order matters, a transcript has a student of its own.</summary>
internal static class TutorRequests
{
    private static readonly string[] Lessons =
    [
        "alg-1", "alg-2", "geo-1", "geo-2", "phy-1", "phy-2", "che-1", "che-2", "bio-1", "bio-2", "his-1", "his-2", "gra-1", "gra-2", "mus-1", "mus-2",
    ];

    public static string[] Commands =>
    [
        """{"cmd":"health"}""",
        """{ "cmd" : "health", "verbose" : true }""",
        """{"cmd":"lesson","student":"ann","interest":"gravity and energy"}""",
        """{"cmd":"lesson","student":"ann","interest":"words that nobody knows"}""",
        """{"cmd":"lesson","student":"ann","interest":""}""",
        """{"cmd":"score","student":"ann","lesson":"phy-1","score":0.9}""",
        """{"cmd":"lesson","student":"ann","interest":"gravity and energy"}""",
        """{"cmd":"score","student":"ann","lesson":"phy-2","score":0.69}""",
        """{"cmd":"score","student":"ann","lesson":"phy-2","score":0.7}""",
        """{"cmd":"score","student":"ann","lesson":"phy-2","score":0.1}""",
        """{"cmd":"score","student":"ann","lesson":"alg-1","score":1e-7}""",
        """{"cmd":"score","student":"ann","lesson":"alg-2","score":123456789012345678}""",
        """{"cmd":"score","student":"ann","lesson":"xyz-9","score":1}""",
        """{"cmd":"score","student":"ann","lesson":null,"score":1}""",
        """{"cmd":"progress","student":"ann"}""",
        """{"cmd":"progress","student":"nobody"}""",
        """{"cmd":"similar","a":"gravity","b":"energy and motion"}""",
        """{"cmd":"similar","a":"opera","b":"acid"}""",
        """{"cmd":"similar","a":"","b":"acid"}""",
    ];

    public static string[] BadRequests =>
    [
        """{"cmd":"dance"}""",
        """{"cmd":"HEALTH"}""",
        """{"cmd":null}""",
        """{"cmd":7}""",
        """{"CMD":"health"}""",
        """{"cmd":"health","cmd":"dance"}""",
        "{}",
        "[]",
        "42",
        "null",
        "\"health\"",
        "health",
        """{"cmd":"health" """,
        """{"cmd":"health"} {"cmd":"health"}""",
        """{"cmd":"health",}""",
        """{"cmd":"health"} // please""",
        "{'cmd':'health'}",
        "",
        "   ",
        "\t",
        """{"cmd":"lesson","student":"ann"}""",
        """{"cmd":"lesson","interest":"gravity"}""",
        """{"cmd":"lesson","student":null,"interest":"gravity"}""",
        """{"cmd":"lesson","student":5,"interest":"gravity"}""",
        """{"cmd":"score","student":"ann","lesson":"alg-1"}""",
        """{"cmd":"score","student":"ann","lesson":"alg-1","score":"good"}""",
        """{"cmd":"score","student":null,"lesson":"alg-1","score":1}""",
        """{"cmd":"progress"}""",
        """{"cmd":"progress","student":null}""",
        """{"cmd":"similar","a":"gravity"}""",
        """{"cmd":"health"}""",
    ];

    public static string[] Texts =>
    [
        """{"cmd":"score","student":"Zoë","lesson":"geo-1","score":0.5}""",
        """{"cmd":"progress","student":"Zoë"}""",
        """{"cmd":"score","student":"学生 😀","lesson":"geo-2","score":0.8}""",
        """{"cmd":"lesson","student":"学生 😀","interest":"Dreieck, circle"}""",
        """{"cmd":"progress","student":"\u5b66\u751f \ud83d\ude00"}""",
        """{"cmd":"progress","student":"<a href='x'>&+`\"\\/ \u007f"}""",
        """{"cmd":"progress","student":"\u0000\u0001\b\f\n\r\t"}""",
        """{"cmd":"progress","student":"\u2028\u2029\u00a0\ufeff"}""",
        """{"cmd":"progress","student":"\ud800"}""",
        """{"cmd":"score","student":"ann","lesson":"Ü-<1>","score":0.5}""",
        $$"""{"cmd":"progress","student":"{{new string('x', 20_000)}}"}""",
    ];

    public static string[] AllPassed =>
    [
        .. Lessons.Select(lesson => $$"""{"cmd":"score","student":"bob","lesson":"{{lesson}}","score":0.95}"""),
        """{"cmd":"lesson","student":"bob","interest":"melody"}""",
        """{"cmd":"progress","student":"bob"}""",
    ];
}
