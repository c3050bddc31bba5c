package main

// accepted are edits that no test has to see, by their ids, with the reason. The random mode leaves them out.
var accepted = map[string]string{}
