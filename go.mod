module stillpoint

go 1.26.0
