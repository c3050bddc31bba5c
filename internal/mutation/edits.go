package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// edit is a small change of the code that knows no fact. Many edits make a wrong behaviour that nobody thought of.
type edit struct {
	file     string // below the root of the module
	line     int
	in       string // the function that it is in
	what     string // for people, and for the list of accepted edits
	from, to int    // the bytes that it replaces
	text     string // by this
}

// id names the edit without the number of a line, which moves.
func (e edit) id() string { return e.file + ": " + e.in + ": " + e.what }

// apply makes the edit in the text of its file.
func (e edit) apply(text string) string { return text[:e.from] + e.text + text[e.to:] }

// editsOf are all edits of the Go files below some folders, in the order of the files. Tests, generated files and what helps
// tests are left out.
func editsOf(root string, folders ...string) ([]edit, error) {
	var all []edit
	for _, folder := range folders {
		err := filepath.WalkDir(filepath.Join(root, folder), func(path string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case entry.IsDir() && (entry.Name() == "testdata" || entry.Name() == "mocktest"):
				return filepath.SkipDir
			case entry.IsDir(), filepath.Ext(path) != ".go", strings.HasSuffix(path, "_test.go"):
				return nil
			}
			text, err := os.ReadFile(path) //nolint:gosec // a file of this module
			if err != nil {
				return err
			}
			name, err := filepath.Rel(root, path)
			if err != nil {
				return err
			}
			found, err := editsOfFile(filepath.ToSlash(name), string(text))
			all = append(all, found...)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// editsOfFile are the edits of a file. Two of the same function that read the same have a number.
func editsOfFile(name, text string) ([]edit, error) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil || ast.IsGenerated(file) {
		return nil, err
	}
	f := finder{name: name, text: text, files: files, seen: map[string]int{}}
	for _, declaration := range file.Decls {
		switch d := declaration.(type) {
		case *ast.FuncDecl:
			if d.Body != nil {
				f.in = nameOf(d)
				ast.Inspect(d.Body, f.look)
			}
		case *ast.GenDecl:
			if d.Tok != token.IMPORT && d.Tok != token.TYPE {
				f.in = "package"
				ast.Inspect(d, f.look)
			}
		}
	}
	return f.found, nil
}

func nameOf(d *ast.FuncDecl) string {
	if d.Recv == nil {
		return d.Name.Name
	}
	receiver := d.Recv.List[0].Type
	if star, ok := receiver.(*ast.StarExpr); ok {
		receiver = star.X
	}
	if generic, ok := receiver.(*ast.IndexExpr); ok {
		receiver = generic.X
	}
	return fmt.Sprintf("%s.%s", receiver, d.Name.Name)
}

// finder finds the edits of a file.
type finder struct {
	name, text, in string
	files          *token.FileSet
	seen           map[string]int
	found          []edit
}

func (f *finder) offset(at token.Pos) int { return f.files.Position(at).Offset }

// add adds the edit that replaces the text between two positions. The sentence shows the whole node.
func (f *finder) add(from, to token.Pos, text string, whole ast.Node) {
	begin, end := f.offset(whole.Pos()), f.offset(whole.End())
	e := edit{file: f.name, line: f.files.Position(from).Line, in: f.in, from: f.offset(from), to: f.offset(to), text: text}
	before := oneLine(f.text[begin:end])
	after := oneLine(f.text[begin:e.from] + text + f.text[e.to:end])
	if after == "" {
		e.what = before + " is gone"
	} else {
		e.what = before + " is " + after
	}
	if f.seen[e.id()]++; f.seen[e.id()] > 1 {
		e.what += fmt.Sprintf(" (%d)", f.seen[e.id()])
	}
	f.found = append(f.found, e)
}

// oneLine shortens code in the middle, so that both of its ends are seen.
func oneLine(code string) string {
	const most = 120
	code = strings.Join(strings.Fields(code), " ")
	if letters := []rune(code); len(letters) > most {
		return string(letters[:most/2]) + " … " + string(letters[len(letters)-most/2:])
	}
	return code
}

// others are the operators that take the place of an operator.
var others = map[token.Token][]token.Token{
	token.EQL: {token.NEQ}, token.NEQ: {token.EQL},
	token.LSS: {token.LEQ, token.GEQ}, token.LEQ: {token.LSS, token.GTR},
	token.GTR: {token.GEQ, token.LEQ}, token.GEQ: {token.GTR, token.LSS},
	token.LAND: {token.LOR}, token.LOR: {token.LAND},
	token.ADD: {token.SUB}, token.SUB: {token.ADD}, token.MUL: {token.QUO}, token.QUO: {token.MUL},
}

// look is for ast.Inspect.
func (f *finder) look(node ast.Node) bool {
	switch n := node.(type) {
	case *ast.StructType, *ast.ImportSpec: // with tags and paths
		return false
	case *ast.BinaryExpr:
		for _, other := range others[n.Op] {
			f.add(n.OpPos, n.OpPos+token.Pos(len(n.Op.String())), other.String(), n)
		}
	case *ast.UnaryExpr:
		if n.Op == token.NOT {
			f.add(n.OpPos, n.OpPos+1, "", n)
		}
	case *ast.IfStmt:
		f.add(n.Cond.Pos(), n.Cond.End(), "!("+f.text[f.offset(n.Cond.Pos()):f.offset(n.Cond.End())]+")", n.Cond)
	case *ast.Ident:
		switch n.Name {
		case "true":
			f.add(n.Pos(), n.End(), "false", n)
		case "false":
			f.add(n.Pos(), n.End(), "true", n)
		}
	case *ast.BasicLit:
		f.constant(n)
	case *ast.BranchStmt:
		if n.Label == nil && n.Tok == token.CONTINUE {
			f.add(n.Pos(), n.End(), "break", n)
		}
	case *ast.BlockStmt:
		f.statements(n.List)
	case *ast.CaseClause:
		f.statements(n.Body)
	case *ast.CommClause:
		f.statements(n.Body)
	}
	return true
}

// constant edits a number or a text.
func (f *finder) constant(n *ast.BasicLit) {
	switch n.Kind {
	case token.INT:
		if value, err := strconv.ParseInt(n.Value, 0, 64); err == nil {
			f.add(n.Pos(), n.End(), strconv.FormatInt(value+1, 10), n)
			if value > 0 {
				f.add(n.Pos(), n.End(), strconv.FormatInt(value-1, 10), n)
			}
		}
	case token.STRING:
		if n.Value != `""` {
			f.add(n.Pos(), n.End(), `""`, n)
		}
	default:
	}
}

// statements removes one statement after the other. One that declares is not removed, because what follows would not compile.
func (f *finder) statements(list []ast.Stmt) {
	for _, statement := range list {
		switch s := statement.(type) {
		case *ast.ExprStmt, *ast.IncDecStmt, *ast.DeferStmt, *ast.ReturnStmt, *ast.IfStmt, *ast.BranchStmt, *ast.SendStmt:
		case *ast.AssignStmt:
			if s.Tok == token.DEFINE {
				continue
			}
		default:
			continue
		}
		f.add(statement.Pos(), statement.End(), "", statement)
	}
}
