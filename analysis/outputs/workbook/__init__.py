"""Tables as an accessible workbook: laid out once, written as XLSX and as ODS."""
