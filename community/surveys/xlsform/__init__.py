"""Questionnaires as XLSForm spreadsheets, the way officers write them: in, checked by our own rules, and out.

`workbook` and `csv_book` make a Book of text out of bytes (the only modules that know a file format), `tables` names
its columns, `kinds`, `relevance`, `constraints` and `choices` say what cells mean, `mapping` makes the definition that
a YAML file would have given, `loading` has it checked, `writing` goes the other way.
"""
